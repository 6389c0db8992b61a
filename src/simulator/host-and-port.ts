export interface HostAndPort {
  readonly host: string;
  /** 0: any free one, where it is listened at. */
  readonly port: number;
}
