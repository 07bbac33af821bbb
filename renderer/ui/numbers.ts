/** Numbers as people of a language write them: thousands apart, percent, time left. */
import { useTranslation } from 'react-i18next';

export interface Numbers {
  count(value: number): string;
  /** `share` from 0 to 1. */
  percent(share: number): string;
  /** Seconds, in the largest unit that says enough: 8 s, 4 min, 2 h. */
  duration(seconds: number): string;
  /** Bytes in the largest decimal unit that says enough: 340 MB, 1.2 GB. */
  bytes(value: number): string;
}

const made = new Map<string, Numbers>();

/** The numbers of a language; Intl's formatters are slow to make and quick to use. */
export function numbersOf(locale: string): Numbers {
  let numbers = made.get(locale);
  if (numbers) return numbers;
  const plain = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const unit = (name: string) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 });
  const size = (name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: name === 'gigabyte' ? 1 : 0 });
  const sizes = { kilobyte: size('kilobyte'), megabyte: size('megabyte'), gigabyte: size('gigabyte') };
  const units = { second: unit('second'), minute: unit('minute'), hour: unit('hour') };
  numbers = {
    count: (value) => plain.format(value),
    percent: (share) => percent.format(share),
    duration: (seconds) =>
      seconds < 60
        ? units.second.format(Math.max(1, Math.round(seconds)))
        : seconds < 3600
          ? units.minute.format(Math.round(seconds / 60))
          : units.hour.format(Math.round(seconds / 3600)),
    bytes: (value) =>
      value < 1e6 ? sizes.kilobyte.format(Math.ceil(value / 1e3)) : value < 1e9 ? sizes.megabyte.format(value / 1e6) : sizes.gigabyte.format(value / 1e9),
  };
  made.set(locale, numbers);
  return numbers;
}

/** The numbers of the language shown. */
export function useNumbers(): Numbers {
  return numbersOf(useTranslation().i18n.language);
}
