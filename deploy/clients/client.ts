// A client per service: typed by its document, with the token of whoever asks and a fresh key per
// intention, so that a request that was not answered may be sent again.
import createClient from "openapi-fetch";
import type { paths as DisclosurePaths } from "./disclosure.js";
import type { paths as EvaluationPaths } from "./evaluation.js";
import type { paths as MonitoringPaths } from "./monitoring.js";
import type { paths as TargetsPaths } from "./targets.js";

export interface Whose {
  baseUrl: string;
  token?: string;
}

function headers(whose: Whose): Record<string, string> {
  return whose.token === undefined ? {} : { Authorization: `Bearer ${whose.token}` };
}

export const targets = (whose: Whose) =>
  createClient<TargetsPaths>({ baseUrl: whose.baseUrl, headers: headers(whose) });
export const monitoring = (whose: Whose) =>
  createClient<MonitoringPaths>({ baseUrl: whose.baseUrl, headers: headers(whose) });
export const evaluation = (whose: Whose) =>
  createClient<EvaluationPaths>({ baseUrl: whose.baseUrl, headers: headers(whose) });
export const disclosure = (whose: Whose) =>
  createClient<DisclosurePaths>({ baseUrl: whose.baseUrl, headers: headers(whose) });

export const intention = (): string => crypto.randomUUID();
