/** Whether the view moves: it is drawn quickly then, and once more, as well as can be, when it rests. */
export interface Movement {
  readonly moving: boolean;
  begin(): void;
  end(): void;
}

/** Milliseconds without movement until the image is drawn at its best. */
const restAfter = 120;

/** `rested` runs once it has rested for a while; never after `end`. */
export function createMovement(rested: () => void): Movement {
  let moving = false;
  let timer = 0;
  return {
    get moving() {
      return moving;
    },
    begin() {
      moving = true;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        moving = false;
        rested();
      }, restAfter);
    },
    end() {
      moving = false;
      clearTimeout(timer);
    },
  };
}
