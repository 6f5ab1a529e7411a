/** What AWS's managed policy AdministratorAccess says (IAM User Guide, reference_policies_examples). */
export const administratorPolicy = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
} as const;
