/** From what share of its ceiling on an envelope is nearly used. */
export const NEARLY_USED_PERCENT = 90;

/** Below what share it is not any more: the points in between keep an envelope on the edge from being told of at each movement. */
export const EASED_PERCENT = 85;
