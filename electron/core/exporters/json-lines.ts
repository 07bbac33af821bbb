/** A file of one JSON value a line, for lists that may be as long as the project. */
import { OutFile, type WrittenFile } from './out-file.ts';

export class JsonLines {
  readonly #file: OutFile;
  #pending: string[] = [];

  private constructor(file: OutFile) {
    this.#file = file;
  }

  static async create(path: string): Promise<JsonLines> {
    return new JsonLines(await OutFile.create(path));
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
    return this.#file.close();
  }

  abandon(): Promise<void> {
    return this.#file.abandon();
  }
}
