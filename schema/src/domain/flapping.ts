const minuteMs = 60_000;

/** Within this time … */
export const flappingWindowMs = 60 * minuteMs;
/** … a condition may fire so often, and flaps with the next time. */
export const flappingLimit = 3;
/** Quiet for longer than the gaps at which it would still flap: what flapped is over. */
export const flappingQuietMs = flappingWindowMs / flappingLimit;
