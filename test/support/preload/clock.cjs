// Loaded into a real engine before it begins (`node --require`): its time of day is off by as many milliseconds as the file
// SY_CLOCK says, which may change at any moment, as when somebody sets the clock. What runs monotonically does not change.
const { readFileSync } = require('node:fs');

const { SY_CLOCK = '' } = process.env;
delete process.env.SY_CLOCK;
const now = Date.now;

function offset() {
	try {
		return Number(readFileSync(SY_CLOCK, 'utf8'));
	} catch {
		return 0;
	}
}

Date.now = () => now() + offset();
const RealDate = Date;
globalThis.Date = class extends RealDate {
	constructor(...args) {
		super(...(args.length === 0 ? [RealDate.now()] : args));
	}
};
