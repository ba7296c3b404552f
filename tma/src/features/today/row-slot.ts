/** What a long list needs to know of the element it places. */
export interface RowSlot {
  readonly ref: (element: HTMLElement | null) => void;
  readonly 'data-index': number;
}
