import type { Perimeter } from '../../../platform/auth/perimeter.js';
import type { LineInHand } from '../../funding/index.js';
import { funderScopes, stateScopes } from '../../programming/index.js';

/** From where a line is decided on: by the State on programme 147, else by its funder's own people. */
export function deciderScopes(hand: LineInHand): Perimeter {
  return hand.line.isProgramme147 ? stateScopes(hand) : funderScopes(hand);
}

/** The object that the audit names. */
export const lineObject = (id: string) => ({ type: 'funding-line', id }) as const;
