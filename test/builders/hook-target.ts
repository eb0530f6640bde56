import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';

export interface ReceivedHook {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** A system that is told: a real server on this machine, which keeps what it received. */
export interface HookTarget {
  readonly port: number;
  readonly received: ReceivedHook[];
  /** How it answers from now on; 204 unless said. */
  answer: Answering;
  close(): Promise<void>;
}

export const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();

export async function openHookTarget(certificate?: Certificate): Promise<HookTarget> {
  const received: ReceivedHook[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
      target.answer(response, request);
    });
  };
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target: HookTarget = {
    port: (server.address() as AddressInfo).port,
    received,
    answer: status(204),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return target;
}
