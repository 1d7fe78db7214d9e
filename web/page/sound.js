// Short tones on the browser's audio clock. Browsers stay silent until the player has touched the page.

const RAMP_S = 0.008;

export class Sound {
  #context = null;
  #told;
  volume = 0.7;

  /** `told()` hears when sound begins or ends to be allowed. */
  constructor(told) {
    this.#told = told;
  }

  get allowed() {
    return this.#context?.state === "running";
  }

  /** Call it from a click or key press: no browser starts sound otherwise. */
  async allow() {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#context.onstatechange = this.#told;
    }
    if (this.#context.state !== "running") await this.#context.resume();
  }

  tone(pitchHz, lengthMs, loudness) {
    if (!this.allowed || this.volume === 0) return;
    const start = this.#context.currentTime;
    const end = start + lengthMs / 1000;
    const oscillator = this.#context.createOscillator();
    const gain = this.#context.createGain();
    oscillator.frequency.value = pitchHz;
    // Ramps at both ends: a tone cut off at full swing clicks.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness * this.volume, start + RAMP_S);
    gain.gain.setValueAtTime(loudness * this.volume, Math.max(start + RAMP_S, end - RAMP_S));
    gain.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}
