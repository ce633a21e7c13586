import { worsensBalance } from './balance';
import type { Filter } from './filter';

/** The other promise: accepting never leaves the brackets, quotes and comments around the cursor worse than they were. */
export const keepBalance: Filter = (candidate, context) => (worsensBalance(candidate, context) ? undefined : candidate);
