/**
 * Counts what this window moved to the trash or took back, so that a list of the trash that is already shown asks again:
 * someone may open it while the deletion is still on its way.
 */
class Trash {
  version = $state(0);

  async changes<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } finally {
      this.version++;
    }
  }
}

export const trash = new Trash();
