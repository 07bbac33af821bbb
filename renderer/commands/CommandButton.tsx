/** A button that runs a command and wears its key cap. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonVariant } from '../ui/Button.tsx';
import { ariaKeys } from './key-caps.ts';
import { Keys } from './Keys.tsx';
import { runCommand, useCommand } from './registry.ts';

export interface CommandButtonProps {
  readonly of: string;
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  /** Instead of the command's short title. */
  readonly children?: ReactNode;
  readonly isDisabled?: boolean;
}

/** Nothing where nobody registered the command. Whether it is enabled is asked when it is pressed; pass `isDisabled` to show it. */
export function CommandButton({ of, variant = 'default', icon, children, isDisabled = false }: CommandButtonProps): ReactElement | null {
  const { t } = useTranslation();
  const command = useCommand(of);
  if (!command) return null;
  const keys = command.keys?.[0];
  return (
    <Button variant={variant} isDisabled={isDisabled} onPress={() => void runCommand(of)} {...(keys ? { 'aria-keyshortcuts': ariaKeys(keys) } : {})}>
      {icon}
      {children ?? t(command.short ?? command.title)}
      <Keys of={of} onAccent={variant === 'primary'} />
    </Button>
  );
}
