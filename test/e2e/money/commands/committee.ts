import { MEMBERS } from '../../../builders/committee.js';
import { newId } from '../../../../src/kernel/id.js';
import { adopting, applying, deciding, gathering, holding, planning } from '../model/committee.js';
import type { ModelLine, ModelSession, MoneyModel, Planned } from '../model/money-model.js';
import type { MoneyWorld } from '../world.js';
import { act, at, MoneyCommand, type Answer, type EnvelopePick } from './command.js';

type Stage = ModelSession['state'];

/** The last session in that state, if any; else any one. */
function sessionIn({ sessions }: MoneyModel, state: Stage): ModelSession | undefined {
  return sessions.findLast((session) => session.state === state) ?? sessions.at(-1);
}

const onSession = (
  kind: string,
  words: string,
  stage: Stage,
  plan: (model: MoneyModel, session: ModelSession) => ReturnType<ConstructorParameters<typeof MoneyCommand>[2]>,
) =>
  new MoneyCommand(kind, words, (model) => {
    const session = sessionIn(model, stage);
    return session ? plan(model, session) : null;
  });

/** Each of the lines, or not. `apt`: only those that may come before it. */
export const gather = (chosen: readonly boolean[], apt = false) =>
  new MoneyCommand('put on the agenda', `${apt ? 'apt ' : ''}lines ${chosen.map((is, rank) => (is ? rank : '')).join(' ')}`, (model) => {
    const lines = model.lines.filter((line, rank) => chosen[rank] === true && (!apt || typeof gathering(model, [line]) === 'function'));
    if (lines.length === 0) return null;
    return { expected: gathering(model, lines), send: (world) => openSession(world, model, lines) };
  });

async function openSession(world: MoneyWorld, { hands }: MoneyModel, lines: readonly ModelLine[]): Promise<Answer> {
  const body = { callId: world.callId, title: 'Comité', heldOn: '2027-03-01', quorum: 2, members: MEMBERS };
  const { body: session } = await world.app.http.post('/v1/committees').set(hands.coordinator.auth).send(body).expect(201);
  const lineIds = lines.map(({ id }) => id);
  return act(world, hands.coordinator, ['committees', (session as { id: string }).id], 'agenda', { lineIds });
}

/** Convened, attended, opened, with a scenario. */
export const hold = () =>
  onSession('hold the session', '', 'draft', (model, session) =>
    session.state === 'draft'
      ? {
          expected: holding(session),
          send: async (world) => {
            const by = model.hands.coordinator;
            const on = ['committees', session.id] as const;
            const { body } = await act(world, by, on, 'convene');
            const presentMemberIds = (body as { members: { id: string }[] }).members.map(({ id }) => id);
            await act(world, by, on, 'attendance', { presentMemberIds, recusals: [] }, 'put');
            await act(world, by, on, 'open');
            return act(world, by, on, 'scenarios', { name: `Scénario ${newId()}` });
          },
        }
      : null,
  );

/** What the scenario gives each line of the session, in their order; null leaves it as it is. */
export const plan = (amounts: readonly (number | null)[], from: EnvelopePick) =>
  onSession('plan', amounts.map((cents) => cents ?? '·').join(' '), 'held', (model, session) => {
    const { scenarioId, lines } = session;
    const planned = new Map<ModelLine, Planned>();
    for (const [rank, line] of lines.entries()) {
      const cents = amounts[rank] ?? null;
      if (cents !== null) planned.set(line, { cents, envelope: from(model, line) });
    }
    if (scenarioId === null || planned.size === 0) return null;
    const body = [...planned].map(([{ id }, { cents, envelope }]) => ({
      lineId: id,
      amountCents: cents,
      ...(envelope ? { envelopeId: envelope.id } : {}),
    }));
    return {
      expected: planning(session, planned),
      send: (world) => act(world, model.hands.coordinator, ['scenarios', scenarioId], 'amounts', { amounts: body }, 'put'),
    };
  });

export const adopt = () =>
  onSession('adopt', '', 'held', (model, session) => {
    const { scenarioId } = session;
    if (scenarioId === null) return null;
    return {
      expected: adopting(session),
      send: (world) => act(world, model.hands.coordinator, ['scenarios', scenarioId], 'adopt'),
    };
  });

export const decideInSession = (rank: number, decision: 'adjourned' | 'unfavourable') =>
  onSession('decide in session', `${decision} for its line ${rank}`, 'held', (model, session) => {
    const line = at(session.lines, rank);
    const decisions = [{ lineId: line.id, decision, reason: 'Au hasard' }];
    return {
      expected: deciding(session, line, decision),
      send: (world) => act(world, model.hands.coordinator, ['committees', session.id], 'decisions', { decisions }, 'put'),
    };
  });

export const apply = () =>
  onSession('apply', '', 'held', (model, session) => ({
    expected: applying(model, session, model.hands.coordinator.id),
    send: (world) => act(world, model.hands.coordinator, ['committees', session.id], 'apply'),
  }));
