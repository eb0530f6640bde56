import { integerAt, listAt, numberAt, objectAt, orNull, textAt, textsAt } from './json-reading.js';

/** The contract's code: the scope of whoever sees everything. */
export const CONTRACT_CODE = 'GOSB';

/** What the contract says of itself, kept as one document. */
export interface ContractContent {
  readonly documentDate: string;
  readonly facts: Readonly<Record<string, number>>;
  readonly signatories: readonly { readonly name: string; readonly kind: string }[];
  readonly signatoriesNote: string | null;
  readonly engagements: readonly { readonly signatory: string; readonly facts: readonly string[] }[];
  readonly pillars: readonly { readonly theme: string; readonly orientationCodes: readonly string[] }[];
  readonly rules: readonly { readonly topic: string; readonly rule: string }[];
  readonly actors: readonly { readonly role: string; readonly who: string; readonly does: string }[];
}

export interface ContractRow {
  readonly code: string;
  readonly name: string;
  readonly territory: string;
  readonly startYear: number;
  readonly endYear: number;
  readonly content: ContractContent;
}

export function readContract(files: { readonly contract: unknown; readonly rules: unknown; readonly actors: unknown }): ContractRow {
  const file = objectAt(files.contract, 'contract.json');
  const contract = objectAt(file['contract'], 'contract');
  const content: ContractContent = {
    documentDate: textAt(contract['documentDate'], 'contract/documentDate'),
    facts: readFacts(contract['facts']),
    signatoriesNote: orNull(contract['signatoriesNote'], 'contract/signatoriesNote', textAt),
    signatories: listAt(contract['signatories'], 'contract/signatories', (item, at) => {
      const { name, kind } = objectAt(item, at);
      return { name: textAt(name, `${at}/name`), kind: textAt(kind, `${at}/kind`) };
    }),
    engagements: listAt(contract['engagements'], 'contract/engagements', (item, at) => {
      const { signatory, facts } = objectAt(item, at);
      return { signatory: textAt(signatory, `${at}/signatory`), facts: textsAt(facts, `${at}/facts`) };
    }),
    pillars: listAt(file['pillars'], 'pillars', (item, at) => {
      const { theme, orientations } = objectAt(item, at);
      return { theme: textAt(theme, `${at}/theme`), orientationCodes: textsAt(orientations, `${at}/orientations`) };
    }),
    rules: listAt(files.rules, 'rules', (item, at) => {
      const { topic, rule } = objectAt(item, at);
      return { topic: textAt(topic, `${at}/topic`), rule: textAt(rule, `${at}/rule`) };
    }),
    actors: listAt(files.actors, 'actors', (item, at) => {
      const { role, who, does } = objectAt(item, at);
      return { role: textAt(role, `${at}/role`), who: textAt(who, `${at}/who`), does: textAt(does, `${at}/does`) };
    }),
  };
  return {
    code: CONTRACT_CODE,
    name: textAt(contract['name'], 'contract/name'),
    territory: textAt(contract['territory'], 'contract/territory'),
    startYear: integerAt(contract['startYear'], 'contract/startYear'),
    endYear: integerAt(contract['endYear'], 'contract/endYear'),
    content,
  };
}

function readFacts(value: unknown): Record<string, number> {
  const facts = objectAt(value, 'contract/facts');
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, numberAt(fact, `contract/facts/${name}`)]));
}
