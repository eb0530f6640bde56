import type { DecidableLine, Decision } from './decidable-line.js';
import { type FundingLineAct, nextLineState } from './funding-line.transitions.js';

/** A committee will look at it. What was said of an earlier act is over. @throws ActNotAllowed */
export function putOnAgenda<L extends DecidableLine>(line: L): Decision<L> {
  return move(line, 'put-on-agenda');
}

/** No committee will look at it, or one did and left the decision to its funder. @throws ActNotAllowed */
export function takeOffAgenda<L extends DecidableLine>(line: L): Decision<L> {
  return move(line, 'take-off-agenda');
}

function move<L extends DecidableLine>(line: L, act: FundingLineAct): Decision<L> {
  return { after: { ...line, state: nextLineState(line.state, act), reason: null }, movements: [] };
}
