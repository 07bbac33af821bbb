import { MAX_LABEL } from '../../../shared/domain/model.ts';

/** The labels named in one line, each once, parted by commas or semicolons of either width. */
export function labelsOf(line: string): string[] {
  const labels = line.split(/[,;、，；\n]/).map((label) => label.trim().replace(/\s+/g, ' ').slice(0, MAX_LABEL).toWellFormed());
  return [...new Set(labels.filter((label) => label !== ''))];
}
