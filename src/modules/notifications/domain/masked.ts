/** `c…@exemple.fr`: enough to know an address one knows, not to learn one. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '…' : `${[...email][0] ?? ''}…${email.slice(at)}`;
}
