import { EMPTY_CONTENT } from './report-content.js';
import { attach, detach, MOST_ATTACHMENTS } from './report-attachment.js';
import { attestedReport, type Report, type ReportAttachment } from './report.js';

const AT = new Date('2028-02-01T09:00:00Z');
const aFile = (id: string): ReportAttachment => ({ id, fileId: `f${id}`, label: 'Photos', name: 'photos.pdf', sha256: 'ab'.repeat(32) });
const aReport = (over: Partial<Report> = {}): Report => ({
  ...{ id: 'r', actionId: 'a', dossierId: 'd', callId: 'c', organisationId: 'o', year: 2027, kind: 'final', state: 'draft', version: 3 },
  ...{ content: EMPTY_CONTENT, rows: [], attachments: [], createdAt: AT, updatedAt: AT, submittedAt: null },
  attestation: { hash: 'ab', by: 's', at: AT },
  ...over,
});
const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('a file that comes or goes voids what was attested', () => {
  const one = attach(aReport(), aFile('1'), AT);
  expect(one).toMatchObject({ version: 4, attestation: null, attachments: [{ id: '1' }] });
  expect(detach({ ...one, attestation: aReport().attestation }, '1', AT)).toMatchObject({ version: 5, attestation: null, attachments: [] });
  expect(codeOf(() => detach(one, '2', AT))).toBe('NOT_FOUND');
});

test('ten at most', () => {
  const full = aReport({ attachments: Array.from({ length: MOST_ATTACHMENTS - 1 }, (_, rank) => aFile(String(rank))) });
  const ten = attach(full, aFile('x'), AT);
  expect(ten.attachments).toHaveLength(10);
  expect(codeOf(() => attach(ten, aFile('y'), AT))).toBe('TOO_MANY_ATTACHMENTS');
});

test.each(['submitted', 'accepted'] as const)('none on a report that is %s', (state) => {
  expect(codeOf(() => attach(aReport({ state }), aFile('1'), AT))).toBe('ACT_NOT_ALLOWED');
  expect(codeOf(() => detach(aReport({ state, attachments: [aFile('1')] }), '1', AT))).toBe('ACT_NOT_ALLOWED');
});

test('what is attested names each content', () => {
  expect(attestedReport(aReport({ attachments: [aFile('1')] }))).toMatchObject({
    attachments: [{ label: 'Photos', sha256: 'ab'.repeat(32) }],
  });
});
