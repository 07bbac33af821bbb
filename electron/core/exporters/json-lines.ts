/** A file of one JSON value a line, for lists that may be as long as the project. */
import { hashFile, OutFile, type WrittenFile } from './out-file.ts';

export class JsonLines {
  readonly #path: string;
  readonly #file: OutFile;
  #pending: string[] = [];

  private constructor(path: string, file: OutFile) {
    this.#path = path;
    this.#file = file;
  }

  static async create(path: string): Promise<JsonLines> {
    return new JsonLines(path, await OutFile.create(path));
  }

  async add(value: unknown): Promise<void> {
    this.#pending.push(`${JSON.stringify(value)}\n`);
    if (this.#pending.length >= 1000) await this.#flush();
  }

  async #flush(): Promise<void> {
    const text = this.#pending.join('');
    this.#pending = [];
    if (text !== '') await this.#file.write([Buffer.from(text)]);
  }

  async close(): Promise<WrittenFile> {
    await this.#flush();
    await this.#file.close();
    return hashFile(this.#path);
  }

  abandon(): Promise<void> {
    return this.#file.abandon();
  }
}
