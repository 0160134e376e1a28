// A provider on a port of this machine, for tests. Usage: node serve.mjs PORT SECRET REDIRECT-ADDRESS
// Its own development pages take any name as the account; what the account may claim is in the name itself, as in
// 'u-17.coordinators+police': the person u-17, who is in those two groups.
import Provider from "oidc-provider";

const [port, secret, service] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "missingnet",
      client_secret: secret,
      redirect_uris: [`${service}/sign-in/callback`],
      post_logout_redirect_uris: [`${service}/sign-in`],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], groups: ["groups"] },
  scopes: ["openid", "groups"],
  conformIdTokenClaims: process.env.GROUPS_AT === "userinfo",
  pkce: { required: () => true },
  cookies: { keys: [secret] },
  findAccount: (_, id) => {
    const [person, groups] = id.split(".");
    return { accountId: id, claims: () => ({ sub: id, person, groups: groups.split("+") }) };
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
