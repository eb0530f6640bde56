/** What an operation that reserves or commits credit may answer. What gives credit back always may, from a closed envelope too. */
export const BY_CREDIT = ['ENVELOPE_EXCEEDED', 'ENVELOPE_CLOSED', 'POCKET_LIMIT_UNKNOWN', 'POCKET_LIMIT_EXCEEDED'] as const;
export const BY_FIRST_TRANCHE = ['FIRST_TRANCHE_NOT_GRANTED', 'FIRST_TRANCHE_DIFFERS', 'FIRST_TRANCHE_NOT_COMMITTED'] as const;
