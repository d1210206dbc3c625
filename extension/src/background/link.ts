/**
 * The link to the native host: one port, the handshake (`hello`, `attach`, `policy`), and coming back when the
 * port is lost. What is said over it is the business of `Dialogue`, whoever that is.
 */

import { HANDSHAKE_MS, RECONNECT_FIRST_MS, RECONNECT_LAST_MS, STEADY_MS, WAKEFUL_MS } from "../shared/limits.js";
import {
  type Ack,
  type Asked,
  type Attach,
  type Batch,
  type Consent,
  type HostAnswer,
  type HostError,
  type HostMessage,
  type NewStanding,
  PROTOCOL,
  readHostMessage,
} from "../shared/message.js";
import type { Policy } from "../shared/policy.js";

/** The part of `chrome.runtime.Port` that is used here. */
export interface HostPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface Surroundings {
  connect(): HostPort;
  /** Why the port was lost, in the browser's words; asked inside its `onDisconnect`. */
  whyLost(): string;
  attach(): Attach;
  /** A call to the browser, however small, so that it lets a waiting worker live. */
  stayAwake(): void;
}

export interface Dialogue {
  /** The first `policy` of a connection and every later one. */
  policy(policy: Policy): void;
  standing(standing: NewStanding): void;
  answer(answer: HostAnswer): void;
  ack(ack: Ack): void;
  error(error: HostError): void;
  /** The port is gone; the link is coming back by itself. */
  lost(loss: Loss): void;
}

export interface Loss {
  why: string;
  /** Host and extension are too far apart: only an update will help. */
  incompatible: boolean;
}

export class Link {
  readonly #around: Surroundings;
  readonly #dialogue: Dialogue;
  #port: HostPort | null = null;
  #attached = false;
  #connectedAt = 0;
  #delay = RECONNECT_FIRST_MS;
  /** The host ends because its policy changed: the next connection needs no delay. */
  #expectsRestart = false;
  #incompatible = false;

  constructor(around: Surroundings, dialogue: Dialogue) {
    this.#around = around;
    this.#dialogue = dialogue;
  }

  /** The handshake is done: what is sent will be heard. */
  get attached(): boolean {
    return this.#attached;
  }

  connect(): void {
    const port = this.#around.connect();
    this.#port = port;
    this.#attached = false;
    this.#connectedAt = Date.now();
    this.#expectsRestart = false;
    const silence = setTimeout(() => this.#drop(port, "the host does not answer"), HANDSHAKE_MS);
    port.onDisconnect.addListener(() => {
      clearTimeout(silence);
      if (this.#port === port) this.#lost(this.#around.whyLost());
    });
    port.onMessage.addListener((message) => {
      if (this.#port === port) this.#hear(port, message, () => clearTimeout(silence));
    });
  }

  /** `false`: there is nobody to hear it. */
  send(message: Batch | Consent | Asked): boolean {
    if (this.#port === null || !this.#attached) return false;
    this.#port.postMessage(message);
    return true;
  }

  #hear(port: HostPort, message: unknown, answered: () => void): void {
    let heard: HostMessage | null;
    try {
      heard = readHostMessage(message);
    } catch (error) {
      // A host that cannot be understood is not one to record for.
      this.#drop(port, `the host sent something unreadable: ${String(error)}`);
      return;
    }
    switch (heard?.type) {
      case undefined:
        return;
      case "hello":
        this.#greet(port, heard.protocol);
        return;
      case "policy":
        answered();
        this.#attached = true;
        this.#incompatible = false;
        this.#dialogue.policy(heard);
        return;
      case "standing":
        this.#dialogue.standing(heard);
        return;
      case "answer":
        this.#dialogue.answer(heard);
        return;
      case "ack":
        this.#dialogue.ack(heard);
        return;
      case "error":
        this.#expectsRestart = heard.name === "policy_changed";
        this.#incompatible ||= heard.name === "protocol_unsupported";
        this.#dialogue.error(heard);
        return;
      default:
        heard satisfies never;
    }
  }

  /** A host one version away is spoken to: it knows our version, or says itself that it does not. */
  #greet(port: HostPort, protocol: { min: number; max: number }): void {
    if (protocol.max < PROTOCOL - 1 || protocol.min > PROTOCOL + 1) {
      this.#incompatible = true;
      this.#drop(port, "host and extension are too far apart");
      return;
    }
    port.postMessage(this.#around.attach());
  }

  #drop(port: HostPort, why: string): void {
    if (this.#port !== port) return;
    port.disconnect();
    this.#lost(why);
  }

  #lost(why: string): void {
    // A host that ends as soon as it is there, for whatever reason, is not started in a tight loop.
    const steady = this.#attached && Date.now() - this.#connectedAt >= STEADY_MS;
    const restarts = this.#attached && this.#expectsRestart;
    this.#port = null;
    this.#attached = false;
    this.#dialogue.lost({ why, incompatible: this.#incompatible });
    if (steady) this.#delay = RECONNECT_FIRST_MS;
    if (restarts) {
      // A policy that is written in several steps is heard after each: what it narrows does not wait longer and longer.
      if (steady) this.connect();
      else this.#wait(STEADY_MS);
      return;
    }
    this.#wait(this.#delay);
    this.#delay = Math.min(this.#delay * 2, RECONNECT_LAST_MS);
  }

  /** A long wait is made of short ones, each ending in a call that keeps the worker alive. */
  #wait(rest: number): void {
    const step = Math.min(rest, WAKEFUL_MS);
    setTimeout(() => {
      if (rest > step) {
        this.#around.stayAwake();
        this.#wait(rest - step);
      } else {
        this.connect();
      }
    }, step);
  }
}
