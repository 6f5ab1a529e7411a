import {createHash} from 'node:crypto';
import {type MessageAttributeValue} from '@aws-sdk/client-sqs';
import {sqsError} from './errors.js';

type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

const maxAttributes = 10;

/**
 * Throws what SQS answers to attributes that it does not take (SQS Developer Guide, sqs-message-metadata; the text of the
 * empty value recorded: test_send_message_with_empty_string_attribute, the others third-party).
 */
export function checkMessageAttributes(attributes: MessageAttributes): void {
	const entries = Object.entries(attributes);
	if (entries.length > maxAttributes) {
		throw invalid(`Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`);
	}
	for (const [name, {DataType = '', StringValue, BinaryValue}] of entries) {
		if (name.length > 256) throw invalid('Message (user) attribute names must be shorter than 256 Bytes');
		if (!/^[\w.-]+$/.test(name)) {
			throw invalid(
				'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ',
			);
		}
		if (/^(aws\.|amazon\.|\.)|\.$/i.test(name)) {
			throw invalid(
				"You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
			);
		}
		const [kind] = /^(String|Number|Binary)/.exec(DataType) ?? [];
		if (kind === undefined) {
			throw invalid(
				`Type for parameter MessageAttributes.Attribute_name.DataType must be prefixed with "String", "Binary", or "Number", but was: ${DataType}`,
			);
		}
		const value = kind === 'Binary' ? BinaryValue : StringValue;
		if (value === undefined || value.length === 0) {
			throw invalid(
				`Message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`,
			);
		}
	}
}

/** How much of the message's size they take: names, types and values. */
export function attributesBytes(attributes: MessageAttributes): number {
	return Object.entries(attributes)
		.map(
			([name, {DataType = '', ...value}]) =>
				Buffer.byteLength(name) + Buffer.byteLength(DataType) + valueOf(value).length,
		)
		.reduce((total, bytes) => total + bytes, 0);
}

/** SQS Developer Guide, sqs-message-metadata ("Calculating the MD5 message digest for message attributes"). */
export function attributesMd5(attributes: MessageAttributes): string | undefined {
	const names = Object.keys(attributes).sort();
	if (names.length === 0) return undefined;
	const hash = createHash('md5');
	for (const name of names) {
		const {DataType = '', ...value} = attributes[name]!;
		for (const text of [name, DataType]) hash.update(withLength(Buffer.from(text)));
		hash.update(Buffer.from([value.BinaryValue === undefined ? 1 : 2]));
		hash.update(withLength(valueOf(value)));
	}
	return hash.digest('hex');
}

function valueOf({
	StringValue = '',
	BinaryValue,
}: Pick<MessageAttributeValue, 'StringValue' | 'BinaryValue'>): Buffer {
	return BinaryValue === undefined ? Buffer.from(StringValue) : Buffer.from(BinaryValue);
}

function withLength(bytes: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
}

function invalid(message: string): Error {
	return sqsError('InvalidParameterValueException', message);
}
