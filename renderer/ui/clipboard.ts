/** Puts text on the clipboard, also where the permission for the newer way is refused. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const field = document.createElement('textarea');
    field.value = text;
    // Inside the open dialog: focus may not leave it.
    (before?.closest('[role="dialog"]') ?? document.body).append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    (before as HTMLElement | null)?.focus();
    return copied;
  }
}
