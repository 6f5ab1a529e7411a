import {prefixRemark} from '../answers/rule-values.js';
import {fixable} from '../problem.js';
import {defineCheck} from './define-check.js';
import {ok, warning} from './verdict.js';

/** Whether the rule's prefix means to S3 what it looks like. S3 accepts it either way. */
export const filterCheck = defineCheck({
	id: 'filter',
	title: 'Filter',
	group: 'rules',
	isNeeded: ({rule}) => (rule?.prefix ?? '') !== '',
	needs: [],
	decide({request: {rule}}) {
		const prefix = rule?.prefix ?? '';
		const evidence = `keys that begin with “${prefix}”`;
		const remark = prefixRemark(prefix);
		if (remark === undefined) return ok(evidence);
		return warning(
			evidence,
			fixable('unlikely-prefix', 'The prefix may match no objects', remark.cause, [
				remark.prefix === '' ? 'Leave out --prefix: every object matches.' : `Use --prefix ${remark.prefix}`,
				'Continue if keys really begin like this.',
			]),
		);
	},
});
