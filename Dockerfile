# Built from the lockfile alone. The final image has Node, the built program and its run-time packages, and runs as `node`.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
# uWebSockets.js brings a binary for every platform and version of Node (257 MB): keep the one that this image loads.
RUN node -e "\
  const { readdirSync, rmSync } = require('node:fs');\
  const folder = 'node_modules/uWebSockets.js/';\
  const own = 'uws_' + process.platform + '_' + process.arch + '_' + process.versions.modules + '.node';\
  for (const name of readdirSync(folder)) if (name.endsWith('.node') && name !== own) rmSync(folder + name);\
  require('uWebSockets.js');"

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist/src dist/src
COPY --from=build /app/dist/web dist/web
COPY --from=build /app/dist/loadtest dist/loadtest
COPY package.json LICENSE ./
COPY config config
# Configuration and state lie on a volume; a relative node.dataDirectory starts from the folder of the configuration.
RUN mkdir /var/lib/callwake && chown node:node /var/lib/callwake && ln -s /app/dist/src/cli/main.js /usr/local/bin/callwake \
  && chmod +x dist/src/cli/main.js
USER node
VOLUME /var/lib/callwake
# The page and /health (web.port); SCTP in UDP (local.port of an association, where one listens).
EXPOSE 8080/tcp 2905/udp
# A stop drains within 5 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.CALLWAKE_WEB_PORT ?? 8080) + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["callwake"]
CMD ["run", "--config", "/var/lib/callwake/callwake.yaml"]
