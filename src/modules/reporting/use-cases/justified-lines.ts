import { advance, type Decision, type FundingLine } from '../../funding/index.js';

/** The report of a line is there: the line waits for its funder's review, whether its report was asked for before or not. @throws ActNotAllowed */
export function bringToReview(line: FundingLine): Decision<FundingLine> {
  const asked = line.state === 'to-justify' || line.state === 'to-amend' ? line : advance(line, 'ask-report').after;
  return advance(asked, 'submit-report');
}
