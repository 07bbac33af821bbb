/** The one error that crosses the door. `message` is for logs; people read the sentence that `key` names in their language. */
export const errorCodes = ['invalid', 'not-found', 'conflict', 'forbidden', 'unavailable', 'cancelled', 'internal'] as const;
export type ErrorCode = (typeof errorCodes)[number];

export class AppError extends Error {
  readonly code: ErrorCode;
  /** `key`: a key below `errors` in the translations; the rest fills its placeholders. Must be plain data. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as an AppError; what is not one already is `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return new AppError('cancelled', 'cancelled');
  return new AppError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}
