import type {PolicyDocument} from '../../policy/document.js';

/**
 * Lets S3 assume the role. No condition: AWS documents none for replication roles, and a wrong one fails silently.
 * Source: S3 User Guide, "Setting up permissions for live replication".
 */
export const trustPolicy: PolicyDocument = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};
