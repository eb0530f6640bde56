/** What a file is uploaded for. */
export const FILE_PURPOSES = ['signed-act', 'chorus-extraction', 'report-attachment', 'organisation-document'] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const ODT = 'application/vnd.oasis.opendocument.text';
const SCANS = ['application/pdf', 'image/jpeg', 'image/png'] as const;
const MIB = 1024 * 1024;

export interface PurposeRules {
  readonly maxBytes: number;
  readonly mediaTypes: readonly string[];
}

export const PURPOSE_RULES: Readonly<Record<FilePurpose, PurposeRules>> = {
  'signed-act': { maxBytes: 20 * MIB, mediaTypes: SCANS },
  'chorus-extraction': { maxBytes: 20 * MIB, mediaTypes: [XLSX] },
  'report-attachment': { maxBytes: 10 * MIB, mediaTypes: [...SCANS, ODT, 'application/msword', DOCX, XLSX] },
  // Papers that someone signed or certified: what they look like, and nothing that goes on changing.
  'organisation-document': { maxBytes: 10 * MIB, mediaTypes: SCANS },
};
