/** What a lone ONNX file can't say: its family first, which fills in the rest, then what differs. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  encoderFamilies,
  type EncoderDescription,
  encoderDescriptionSchema,
  type EncoderFamily,
  encoderPresets,
} from '../../../shared/domain/encoder-presets.ts';
import { useHost } from '../../host/host.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Encoders.module.css';
import { cancelDescription, install, type LoneGraph, useAdding } from './encoders-state.ts';

const resizes = ['squash', 'crop', 'letterbox', 'fit'] as const;
/** As it is typed; judged as a whole. */
interface Form {
  readonly family: EncoderFamily;
  readonly name: string;
  readonly licence: string;
  readonly inputSize: string;
  readonly patchSize: string;
  readonly mean: string;
  readonly std: string;
  readonly resize: (typeof resizes)[number];
}
const preset = (family: EncoderFamily, { inputSize, patchSize }: LoneGraph) => {
  const { mean, std, resize, ...sizes } = encoderPresets[family];
  // What the graph says of itself stands above what is usual.
  return {
    family,
    mean: mean.join(', '),
    std: std.join(', '),
    resize,
    inputSize: String(inputSize ?? sizes.inputSize),
    patchSize: String(patchSize ?? sizes.patchSize),
  };
};
const numbers = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);

function describe(form: Form, found: LoneGraph): EncoderDescription | null {
  const { kind, interpolation, hasCls } = encoderPresets[form.family];
  const described = {
    id: found.id,
    name: form.name,
    licence: form.licence,
    kind,
    input_size: Number(form.inputSize),
    patch_size: Number(form.patchSize),
    mean: numbers(form.mean),
    std: numbers(form.std),
    resize: form.resize,
    interpolation,
    last_hidden_state_has_cls: hasCls,
  };
  const parsed = encoderDescriptionSchema.safeParse(described);
  return parsed.success ? parsed.data : null;
}

export function DescribeGraph({ path, found }: { path: string; found: LoneGraph }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const { installing, problem } = useAdding();
  const [form, setForm] = useState<Form>(() => ({ name: found.file.replace(/\.onnx$/i, ''), licence: '', ...preset('clip', found) }));
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const described = describe(form, found);
  const field = (key: 'name' | 'licence' | 'inputSize' | 'patchSize' | 'mean' | 'std') => (
    <TextField label={t(`encoders.field.${key}`)} value={form[key]} maxLength={200} onChange={(value) => change({ [key]: value })} />
  );
  return (
    <div className={styles.panel}>
      <h3 className={styles.name}>{t('encoders.describe', { file: found.file })}</h3>
      <p className={styles.second}>{t('encoders.describe-about', { size: sizeText(found.sizeBytes), outputs: found.outputs.join(', ') })}</p>
      <div className={styles.fields}>
        <Select
          label={t('encoders.field.family')}
          value={form.family}
          options={encoderFamilies.map((value) => ({ value, text: t(`encoders.family.${value}`) }))}
          onChange={(family) => change(preset(family, found))}
        />
        <Select
          label={t('encoders.field.resize')}
          value={form.resize}
          options={resizes.map((value) => ({ value, text: t(`encoders.resize.${value}`) }))}
          onChange={(resize) => change({ resize })}
        />
        {field('name')}
        {field('licence')}
        {field('inputSize')}
        {field('patchSize')}
        {field('mean')}
        {field('std')}
      </div>
      <p className={styles.problem} role="status">
        {problem ?? (described ? '' : t('encoders.incomplete'))}
      </p>
      <div className={styles.row}>
        {installing ? <Spinner label={t('encoders.installing', { name: installing.name })} /> : null}
        <span className={styles.grow} />
        <Button onPress={() => (installing ? installing.abort.abort() : cancelDescription())}>{t('app.cancel')}</Button>
        <Button variant="primary" isDisabled={!described || installing !== null} onPress={() => described && void install(client, path, form.name, described)}>
          {t('encoders.install')}
        </Button>
      </div>
    </div>
  );
}
