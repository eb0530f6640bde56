/** Addresses of the service as people reach it, for mail and documents. */
export class Links {
  constructor(private readonly base: string) {}

  to(path: string): string {
    return `${this.base}${path}`;
  }
}
