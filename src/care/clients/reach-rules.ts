import type { FormErrors, FormValues } from '../../chat/form.ts';
import type { ClientIdentity } from './rules.ts';

/** How a client can be reached: what of the sealed identity a person of the care team may add or correct. */
export type ContactDetails = Pick<ClientIdentity, 'phone' | 'address' | 'emergencyContact'>;

/** What is on file of them, by name. */
export const namesOfDetails = ({ phone, address, emergencyContact }: ContactDetails): readonly string[] => [
  ...(phone === undefined ? [] : ['phone']),
  ...(address === undefined ? [] : ['address']),
  ...(emergencyContact === undefined ? [] : ['emergency-contact']),
];

/** Characters each takes; what a sheet brought may be as long. */
export const longestDetail = { phone: 64, address: 300, name: 120, relation: 60 } as const;

/** A number can be dialled when it holds three digits, as 988 does; extensions and remarks may stand beside it. */
const canBeDialled = (phone: string): boolean => (phone.match(/\d/g) ?? []).length >= 3;

/** Reads the submitted form. An empty field takes the detail away; half an emergency contact is none. */
export function readContactDetails(
  values: FormValues,
): { readonly details: ContactDetails } | { readonly errors: FormErrors } {
  const text = (name: string): string | undefined => {
    const value = values[name];
    const line = typeof value === 'string' ? value.replace(/[^\S\n]+/gu, ' ').trim() : '';
    return line === '' ? undefined : line;
  };
  const [phone, address] = [text('phone'), text('address')];
  const [name, relation, call] = [text('emergency-name'), text('emergency-relation'), text('emergency-phone')];
  const errors: Record<string, string> = {};
  if (phone !== undefined && !canBeDialled(phone)) errors['phone'] = 'Please give a number that can be dialled.';
  if (call !== undefined && !canBeDialled(call))
    errors['emergency-phone'] = 'Please give a number that can be dialled.';
  if (call === undefined && (name ?? relation) !== undefined) {
    errors['emergency-phone'] = 'Please give the number to call, or leave all three empty.';
  }
  if (name === undefined && call !== undefined) errors['emergency-name'] = 'Please say who answers this number.';
  if (Object.keys(errors).length > 0) return { errors };
  return {
    details: {
      ...(phone && { phone }),
      ...(address && { address }),
      ...(name && call && { emergencyContact: { name, ...(relation && { relation }), phone: call } }),
    },
  };
}

/** Which details differ, by name: what the audit and the answer say, without any of the words. */
export function changedDetails(before: ContactDetails, after: ContactDetails): readonly string[] {
  const same = (key: keyof ContactDetails): boolean =>
    JSON.stringify(order(before[key])) === JSON.stringify(order(after[key]));
  return (['phone', 'address', 'emergencyContact'] as const)
    .filter((key) => !same(key))
    .map((key) => (key === 'emergencyContact' ? 'emergency-contact' : key));
}

const order = (value: ContactDetails[keyof ContactDetails]): unknown =>
  typeof value === 'object' ? [value.name, value.relation ?? null, value.phone] : (value ?? null);
