import {fixable} from '../problem.js';
import {defineCheck} from './define-check.js';
import {ok, stop, warning, whenRead} from './verdict.js';

/** Whether the destination makes requesters pay. Source: S3 User Guide, "Requirements and considerations for replication". */
export const requestPayerCheck = defineCheck({
	id: 'request-payer',
	title: 'Requester Pays',
	group: 'destination',
	needs: ['destinationPayer'],
	decide: ({request}, {destinationPayer}) =>
		whenRead([destinationPayer], (payer) => {
			if (payer !== 'Requester') return ok('off: the owner pays');
			const {bucket} = request.destination;
			const nextSteps = [
				`Switch Requester Pays off on ${bucket} (PutBucketRequestPayment, Payer BucketOwner).`,
				'Choose another destination bucket.',
			];
			if (request.mode === 'cross-account') {
				return stop(
					'on',
					fixable(
						'requester-pays',
						`Cannot replicate to ${bucket}: it is Requester Pays`,
						'Across accounts S3 does not replicate to such a bucket.',
						nextSteps,
					),
				);
			}

			return warning(
				'on',
				fixable(
					'requester-pays',
					`${bucket} is a Requester Pays bucket`,
					'AWS rules such a destination out across accounts; of one account it says nothing.',
					['Go on, and see whether the test files arrive.', ...nextSteps],
				),
			);
		}),
});
