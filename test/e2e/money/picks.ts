import fc from 'fast-check';
import { at, type EnvelopePick, type LinePick } from './commands/command.js';
import { payRefusals, type ModelLine } from './model/money-model.js';

/** By its place in the world. */
export const theLine = (rank: number): LinePick => ({ words: `line ${rank}`, of: ({ lines }) => lines[rank] });
export const theEnvelope =
  (rank: number): EnvelopePick =>
  ({ envelopes }) =>
    envelopes[rank] ?? null;
export const noEnvelope: EnvelopePick = () => null;

/** Most often a line that is apt, or none: else most acts would only be refused. Any line, now and then. */
export const someLine = (words: string, isApt: (line: ModelLine) => boolean): fc.Arbitrary<LinePick> =>
  fc.tuple(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 6 })).map(([rank, chance]) => ({
    words: `line ${rank}${chance > 1 ? ` of those ${words}` : ''}`,
    of: ({ lines }) => {
      const apt = chance > 1 ? lines.filter(isApt) : lines;
      return apt.length === 0 ? undefined : at(apt, rank);
    },
  }));

export const lineIn = (...states: readonly string[]): fc.Arbitrary<LinePick> =>
  someLine(states.join(' or '), ({ state }) => states.includes(state));

/** Most often one that may pay the line, parts included. */
export const someEnvelope: fc.Arbitrary<EnvelopePick> = fc
  .tuple(fc.nat({ max: 11 }), fc.integer({ min: 1, max: 6 }))
  .map(([rank, chance]): EnvelopePick => ({ envelopes }, line) => {
    const apt = envelopes.filter((envelope) => payRefusals(envelope, line).length === 0);
    return at(chance > 1 && apt.length > 0 ? apt : envelopes, rank);
  });

/** Of the edges of what is asked, which is 1 000, and of all between. */
export const amount = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 300, 1_000, 1_001) },
  { weight: 3, arbitrary: fc.nat({ max: 1_050 }) },
);
