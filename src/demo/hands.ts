import { plusDays, type Day } from '../kernel/day.js';
import type { Clock } from '../kernel/clock.js';
import { parisDay } from '../kernel/paris-day.js';

type Json = Record<string, unknown>;

/** Something the demo asked was refused: the demo year no longer follows the rules. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

/** One request to the API, by whatever way. */
export type Ask = (request: {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: object;
}) => Promise<{ readonly statusCode: number; readonly body: string }>;

/** The demo people's hands: every act of the demo year is a real call to the API by who may do it, so that nothing is there by magic. */
export class Hands {
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly ask: Ask,
    private readonly clock: Clock,
    private readonly password: string,
  ) {}

  /** The day in Paris so many days from now. */
  inDays(days: number): Day {
    return plusDays(parisDay(this.clock.now()), days);
  }

  get<Answer = Json>(email: string, path: string): Promise<Answer> {
    return this.call<Answer>(email, 'GET', path);
  }

  post<Answer = Json>(email: string, path: string, body: object = {}, version?: number): Promise<Answer> {
    return this.call<Answer>(email, 'POST', path, body, version);
  }

  put<Answer = Json>(email: string, path: string, body: object): Promise<Answer> {
    return this.call<Answer>(email, 'PUT', path, body);
  }

  /** Without signing in. */
  async anonymous<Answer = Json>(path: string, body: object): Promise<Answer> {
    return this.send<Answer>('POST', path, {}, body);
  }

  private async call<Answer>(
    email: string,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    version?: number,
  ): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${await this.tokenOf(email)}`,
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    };
    return this.send<Answer>(method, path, headers, body);
  }

  private async tokenOf(email: string): Promise<string> {
    const known = this.tokens.get(email);
    if (known !== undefined) return known;
    const { accessToken } = await this.anonymous<{ accessToken: string }>('/v1/auth/login', { email, password: this.password });
    this.tokens.set(email, accessToken);
    return accessToken;
  }

  private async send<Answer>(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    headers: Record<string, string>,
    payload?: object,
  ): Promise<Answer> {
    const answer = await this.ask({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    if (answer.statusCode >= 400) throw new DemoRefused(`${method} ${url} → ${answer.statusCode} ${answer.body.slice(0, 1000)}`);
    return (answer.body === '' ? {} : JSON.parse(answer.body)) as Answer;
  }
}
