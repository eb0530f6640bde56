/** In SQL, whether an action takes place where the envelope `e` is for. `actionId`: a column, or a parameter. */
export const holdsAction = (actionId: string): string =>
  `e.parent_id IS NULL OR EXISTS (SELECT FROM action_territories t WHERE t.action_id = ${actionId}
     AND ((t.kind = 'sector' AND t.code = e.sector_code) OR (t.kind = 'commune' AND t.code = e.insee_code)))`;
