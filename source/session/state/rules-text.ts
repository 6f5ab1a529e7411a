import {destinationOf} from '../../domain/arn.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import type {Loadable} from './loadable.js';

/** What a bucket's rules are, in a few words. */
export const rulesText = (rules: Loadable<readonly ReplicationRule[]> | undefined): string => {
	switch (rules?.state) {
		case 'ready': {
			const {value} = rules;
			if (value.length === 0) return 'none';
			const places = [...new Set(value.map(destinationOf))];
			return `${value.length} to ${places.join(', ')}`;
		}

		case 'failed':
			return 'may not be read';
		case 'loading':
			return 'reading';
		default:
			return '';
	}
};
