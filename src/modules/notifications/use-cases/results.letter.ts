import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref, refList } from '../domain/delivery.js';
import type { DecidedLine, Decision, Results } from '../domain/mail-data.js';
import { LetterRepository, type LineFacts } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The results of a call for one organisation: the lines that one announcement told, all of them and no other. */
@Injectable()
export class ResultsLetter {
  readonly readers = {
    results: { together: (asked) => this.results(asked) },
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: LetterRepository,
    private readonly links: Links,
  ) {}

  /** Of several people at once: results are told to whole organisations, of a whole call. */
  private async results(asked: readonly Asked[]): Promise<(Results | null)[]> {
    const told = asked.map(({ query, to, refs }) => ({
      ...{ query, recipientName: to.name, lineIds: new Set(refList(refs, 'lineIds')) },
      ...{ callId: ref(refs, 'callId'), organisationId: ref(refs, 'organisationId') },
    }));
    const [one] = told;
    if (!one) return [];
    const lines = await this.facts.announcedLines(one.query, [...new Set(told.flatMap(({ lineIds }) => [...lineIds]))]);
    const undecided = await this.facts.undecidedCounts(one.query, told);
    return told.map(({ recipientName, lineIds, callId }, index) => {
      const own = lines.filter(({ id }) => lineIds.has(id));
      const [first] = own;
      if (!first) return null;
      return {
        recipientName,
        link: this.links.to(`/v1/dossiers?callId=${callId}`),
        organisation: first.organisation,
        call: { title: first.callTitle, year: first.callYear },
        dossiers: byDossier(own),
        undecidedCount: undecided[index] ?? 0,
      };
    });
  }
}

function byDossier(lines: readonly LineFacts[]): Results['dossiers'] {
  return grouped(lines, (line) => line.dossierNumber).map(([first, ofDossier]) => ({
    number: first.dossierNumber,
    title: first.dossierTitle,
    actions: grouped(ofDossier, (line) => line.actionId).map(([{ actionTitle }, ofAction]) => ({
      title: actionTitle,
      lines: ofAction.map(decided),
    })),
  }));
}

/** Neighbours of one key, with the first of them: the lines come sorted. */
function grouped(lines: readonly LineFacts[], keyOf: (line: LineFacts) => string): [LineFacts, LineFacts[]][] {
  const groups: [LineFacts, LineFacts[]][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && keyOf(last[0]) === keyOf(line)) last[1].push(line);
    else groups.push([line, [line]]);
  }
  return groups;
}

function decided(line: LineFacts): DecidedLine {
  const { funder, scheme, year, requestedCents } = line;
  return { funder, scheme, year, requestedCents, decision: decisionOf(line) };
}

function decisionOf({ isRefused, grantedCents, reason }: LineFacts): Decision {
  if (isRefused || grantedCents === null) return { outcome: 'refused', reason: reason ?? 'non précisé' };
  return { outcome: 'granted', amountCents: grantedCents };
}
