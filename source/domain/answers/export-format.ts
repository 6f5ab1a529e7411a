/** The words of `--format`. */
export const formatNames = ['terraform', 'aws-cli'] as const;
export type ExportFormat = (typeof formatNames)[number];
