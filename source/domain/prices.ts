/** When the prices that are shown were looked up. Source: the pricing pages of Amazon S3, AWS KMS and Amazon CloudWatch. */
export const pricesDate = 'November 2026';
