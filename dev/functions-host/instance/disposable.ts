/** Something that can be undone once; the class `@azure/functions-core` exports under this name. */
export class Disposable {
  #dispose: (() => void) | undefined;

  /** @param dispose what undoes it; called at most once */
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  /** One disposable that disposes of all of these. */
  static from(...disposables: { dispose: () => unknown }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }

  dispose(): void {
    const dispose = this.#dispose;
    this.#dispose = undefined;
    dispose?.();
  }
}
