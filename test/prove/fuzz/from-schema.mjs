import { hostileText, hostileValue } from './hostile.mjs';

/** A value that a JSON Schema asks for, as far as the product's own schemas go; optional fields come and go. */
export function fromSchema(schema, chance) {
  if (schema === undefined || schema === true) return hostileValue(chance);
  const oneOf = schema.type ? undefined : (schema.anyOf ?? schema.oneOf);
  if (oneOf) return fromSchema(chance.of(oneOf), chance);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return chance.of(schema.enum);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectFrom(schema, chance);
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + chance.number(3) }, () =>
        fromSchema(schema.items, chance),
      );
    case 'integer':
    case 'number':
      return chance.any(
        () => schema.minimum ?? 0,
        () => schema.maximum ?? 100,
        () => (schema.minimum ?? 0) + chance.number(50),
      );
    case 'boolean':
      return chance.percent(50);
    default:
      return textFrom(schema, chance);
  }
}

function objectFrom({ properties = {}, required = [] }, chance) {
  const chosen = Object.keys(properties).filter((key) => required.includes(key) || chance.percent(40));
  return Object.fromEntries(chosen.map((key) => [key, fromSchema(properties[key], chance)]));
}

function textFrom({ format, pattern = '', example, examples = [] }, chance) {
  if (format === 'date') return day(chance);
  if (format === 'date-time') return `${day(chance)}T08:12:00+01:00`;
  const [, digits] = /\{(\d+)\}\$$/.exec(pattern) ?? [];
  if (/^\^\[0-9\]/.test(pattern) && digits)
    return String(chance.number(10 ** Math.min(9, digits))).padStart(digits, '0');
  return chance.percent(90) ? chance.of([example ?? 'text', ...examples]) : hostileText(chance);
}

export function day(chance) {
  const two = (number) => String(number).padStart(2, '0');
  return `${chance.of([2023, 2024, 2024, 2025, 1999, 2099])}-${two(1 + chance.number(12))}-${two(1 + chance.number(28))}`;
}
