/**
 * Properties run on the same examples everywhere, so that a change is what makes a suite fail. To look further:
 * `FAST_CHECK_SEED=random npx vitest run --project unit`; what it finds becomes a test of its own.
 */
import { configureGlobal } from 'fast-check';

const FIXED_SEED = 20_260_301;
const wanted = process.env['FAST_CHECK_SEED'];
if (wanted !== 'random') configureGlobal({ seed: wanted === undefined ? FIXED_SEED : Number(wanted) });
