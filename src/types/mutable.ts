/** An object while it is filled in: what is handed out afterwards is readonly. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
