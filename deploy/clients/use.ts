// Compiled with the clients: a document that lost what people build on does not get by.
import { disclosure, intention, targets } from "./client.js";

export async function registerRegion(baseUrl: string, token: string): Promise<string | null> {
  const api = targets({ baseUrl, token });
  const { error, response } = await api.POST("/v1/regions", {
    params: { header: { "idempotency-key": intention() } },
    body: {
      region_code: "653121",
      name: "疏附县",
      parent_code: "653100",
    },
  });
  if (error !== undefined) {
    throw new Error(error.title);
  }
  return response.headers.get("etag");
}

export async function figures(baseUrl: string): Promise<string[]> {
  const api = disclosure({ baseUrl });
  const { data } = await api.GET("/v1/annual-reports/{region}/{fiscal_year}/figures", {
    params: { path: { region: "653100", fiscal_year: 2021 } },
  });
  return (data?.figures ?? []).map((figure) => `${figure.id} ${figure.label} ${figure.value}`);
}
