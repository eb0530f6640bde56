import { setTimeout as wait } from 'node:timers/promises';

/** Tries the expectation until it holds; gives its last failure after `ms`. */
export async function eventually(expectation: () => void | Promise<void>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(25);
    }
  }
}

export { wait };
