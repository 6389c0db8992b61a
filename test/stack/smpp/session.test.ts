import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_STATUS } from '../../../src/stack/smpp/command-status.ts';
import { linkTable } from '../../../src/stack/smpp/link-fsm.ts';
import { decodeHeader, decodePdu, encodePdu, type Pdu } from '../../../src/stack/smpp/pdu.ts';
import { sessionTable } from '../../../src/stack/smpp/session-fsm.ts';
import type { Answer } from '../../../src/stack/smpp/window.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { checkTable } from '../../types/fsm-check.ts';
import { pdus } from './pdus.ts';
import { SessionPair } from './session-pair.ts';

const submit = pdus.find((pdu): pdu is Pdu<'submit_sm'> => pdu.command === 'submit_sm')!;
const deliver = pdus.find((pdu): pdu is Pdu<'deliver_sm'> => pdu.command === 'deliver_sm')!;

/** Sends a submit_sm and keeps what became of it. */
function send(pair: SessionPair, answers: Answer[]): boolean {
  return pair.esme.request('submit_sm', submit.body!, [], (answer) => answers.push(answer));
}
const kinds = (answers: readonly Answer[]): string[] => answers.map(({ kind }) => kind);

test('SMPP 5.0 §2.2: the session table', (t) => checkTable(t, sessionTable));
test('SMPP 5.0 §2.2: the link table', (t) => checkTable(t, linkTable));

test('SMPP 5.0 §2.2.3 an ESME binds, sends, is sent to, and unbinds', () => {
  const pair = new SessionPair().bindNow();
  assert.deepEqual([pair.esme.state, pair.centre.state], ['BOUND', 'BOUND']);
  assert.equal(pair.esme.peerSystemId, 'smsc');
  assert.equal(pair.esme.peerVersion, 0x50);
  assert.equal(pair.centre.peerSystemId, 'callwake');
  pair.centreSide.onRequest = (session, pdu) => session.respond(pdu, 0, '42');
  pair.esmeSide.onRequest = (session, pdu) => session.respond(pdu, 0);
  const answers: Answer[] = [];
  assert.ok(send(pair, answers));
  const told: Answer[] = [];
  assert.ok(pair.centre.request('deliver_sm', deliver.body!, deliver.tlvs, (answer) => told.push(answer)));
  pair.carry();
  const [answer] = answers;
  assert.ok(answer?.kind === 'response');
  assert.equal((answer.pdu as Pdu<'submit_sm_resp'>).body?.messageId, '42');
  assert.deepEqual(kinds(told), ['response']);
  pair.esme.unbind();
  pair.carry();
  assert.deepEqual(pair.esmeSide.ended, { reason: 'unbound-by-us', status: 0 });
  assert.deepEqual(pair.centreSide.ended, { reason: 'unbound-by-peer', status: 0 });
});

test('SMPP 5.0 §4.1.1.2 a bind that is refused says why', () => {
  const pair = new SessionPair();
  pair.centreSide.bindStatus = COMMAND_STATUS.ESME_RINVPASWD;
  pair.bindNow();
  assert.deepEqual(pair.esmeSide.ended, { reason: 'refused', status: COMMAND_STATUS.ESME_RINVPASWD });
  assert.equal(pair.centreSide.bound_, 0);
});

test('SMPP 5.0 §2.7 session_init_timer: neither side waits for ever', () => {
  const pair = new SessionPair();
  pair.centreWire.held = true;
  pair.bindNow();
  pair.advance(6_000);
  assert.equal(pair.esmeSide.ended?.reason, 'unanswered');
  const silent = new SessionPair();
  silent.advance(6_000);
  assert.equal(silent.centreSide.ended?.reason, 'unanswered');
});

test('SMPP 5.0 §2.4 what a mode does not allow is not sent, and is refused with ESME_RINVBNDSTS', () => {
  const pair = new SessionPair().bindNow({ mode: 'receiver' });
  assert.equal(send(pair, []), false);
  pair.centreWire.held = true;
  pair.say('centre', submit);
  const answer = decodePdu(pair.centreWire.waiting.at(-1)!);
  assert.ok(answer.ok);
  assert.deepEqual(
    [answer.value.command, answer.value.commandStatus],
    ['submit_sm_resp', COMMAND_STATUS.ESME_RINVBNDSTS],
  );
  assert.equal(pair.centreSide.requests.length, 0);
});

test('SMPP 5.0 §2.9 the window: no more requests than may wait, and room is told of', () => {
  const pair = new SessionPair({ window: 3 }).bindNow();
  const waiting: Pdu[] = [];
  pair.centreSide.onRequest = (_, pdu) => waiting.push(pdu);
  const answers: Answer[] = [];
  assert.deepEqual(
    [1, 2, 3, 4].map(() => send(pair, answers)),
    [true, true, true, false],
  );
  pair.carry();
  // Out of order, as responses may be.
  for (const pdu of waiting.reverse()) pair.centre.respond(pdu, 0, String(pdu.sequenceNumber));
  pair.carry();
  assert.deepEqual(kinds(answers), ['response', 'response', 'response']);
  assert.equal(pair.esmeSide.roomy_, 1);
  assert.ok(send(pair, answers));
});

test('octets that wait on the connection leave no room', () => {
  const pair = new SessionPair({ queueOctetsMax: 200, window: 100 }).bindNow();
  pair.esmeWire.held = true;
  const answers: Answer[] = [];
  while (send(pair, answers));
  assert.ok(pair.esme.waiting >= 1 && pair.esme.waiting < 10);
  pair.esmeWire.held = false;
  pair.carry();
  pair.esme.drained();
  assert.equal(pair.esmeSide.roomy_, 1);
});

test('SMPP 5.0 §2.7 response_timer: a request that is not answered is said to be, and a late answer is no news', () => {
  const pair = new SessionPair().bindNow();
  const waiting: Pdu[] = [];
  pair.centreSide.onRequest = (_, pdu) => waiting.push(pdu);
  const answers: Answer[] = [];
  send(pair, answers);
  pair.carry();
  pair.advance(11_000);
  assert.deepEqual(kinds(answers), ['timeout']);
  pair.centre.respond(waiting[0]!, 0, '42');
  pair.centre.respond(waiting[0]!, 0, '42');
  pair.carry();
  assert.deepEqual(kinds(answers), ['timeout']);
  assert.equal(pair.counters.get('smpp.response-unexpected'), 2);
  assert.equal(pair.esme.state, 'BOUND');
});

test('a connection that is lost loses every answer, once', () => {
  const pair = new SessionPair().bindNow();
  const answers: Answer[] = [];
  send(pair, answers);
  send(pair, answers);
  pair.esme.disconnected();
  assert.deepEqual(kinds(answers), ['lost', 'lost']);
  pair.advance(60_000);
  assert.equal(answers.length, 2);
  assert.equal(pair.esmeSide.ended?.reason, 'lost');
});

test('SMPP 5.0 §4.1.4 generic_nack ends the request that it names', () => {
  const pair = new SessionPair().bindNow();
  const answers: Answer[] = [];
  pair.esmeWire.held = true;
  send(pair, answers);
  const { sequenceNumber } = decodeHeader(pair.esmeWire.waiting[0]!);
  pair.say('esme', { command: 'generic_nack', commandStatus: 3, sequenceNumber, body: undefined, tlvs: [] });
  assert.deepEqual(answers, [{ kind: 'nack', commandStatus: 3 }]);
});

test('a response of another kind than the request is not its response', () => {
  const pair = new SessionPair().bindNow();
  const answers: Answer[] = [];
  pair.esmeWire.held = true;
  send(pair, answers);
  const { sequenceNumber } = decodeHeader(pair.esmeWire.waiting[0]!);
  pair.say('esme', {
    command: 'cancel_sm_resp',
    commandStatus: 0,
    sequenceNumber,
    body: undefined,
    tlvs: [],
  });
  assert.deepEqual(answers, []);
});

test('SMPP 5.0 §2.7 enquire_link: silence is asked about, and no answer is the end', () => {
  const pair = new SessionPair().bindNow();
  pair.advance(100_000);
  assert.equal(pair.esme.state, 'BOUND');
  assert.ok(pair.counters.get('smpp.sent.enquire_link') >= 3);
  pair.centreWire.held = true;
  pair.advance(60_000);
  assert.equal(pair.esmeSide.ended?.reason, 'unanswered');
});

test('SMPP 5.0 §2.7 inactivity_timer: who has nothing to do unbinds', () => {
  const pair = new SessionPair({ inactivityMs: 100_000 }).bindNow();
  pair.centreSide.onRequest = (session, pdu) => session.respond(pdu, 0, '1');
  pair.advance(90_000);
  send(pair, []);
  pair.advance(90_000);
  assert.equal(pair.esme.state, 'BOUND');
  pair.advance(20_000);
  assert.equal(
    pair.esmeSide.ended?.reason === 'idle' || pair.esmeSide.ended?.reason === 'unbound-by-peer',
    true,
  );
});

test('what cannot be read is answered with the status that says why; where no PDU begins any more the session ends', () => {
  const pair = new SessionPair().bindNow();
  pair.centreWire.held = true;
  const broken = encodePdu(submit);
  broken.set(Buffer.from('TOOLONG'), 16);
  pair.say('centre', broken);
  const unknown = encodePdu(pdus.find(({ command }) => command === 'enquire_link')!);
  unknown[7] = 0x99;
  pair.say('centre', unknown);
  const answers = pair.centreWire.waiting.map((octets) => {
    const pdu = decodePdu(octets);
    assert.ok(pdu.ok);
    return [pdu.value.command, pdu.value.commandStatus];
  });
  assert.deepEqual(answers, [
    ['submit_sm_resp', COMMAND_STATUS.ESME_RINVSERTYP],
    ['generic_nack', COMMAND_STATUS.ESME_RINVCMDID],
  ]);
  pair.say('centre', Uint8Array.of(0, 0, 0, 3, 1, 2, 3, 4));
  assert.equal(pair.centreSide.ended?.reason, 'framing');
});

test('whatever comes, a session throws nothing, and no request has two outcomes', () => {
  const random = new SeededRandom(20_261_128);
  const octets = pdus.map((pdu) => encodePdu(pdu));
  for (let round = 0; round < 400; round++) {
    const pair = new SessionPair().bindNow();
    pair.centreSide.onRequest = (session, pdu) => session.respond(pdu, 0, '1');
    const answers: Answer[] = [];
    let sent = 0;
    for (let step = 0; step < 20; step++) {
      if (send(pair, answers)) sent++;
      pair.say(
        round % 2 === 0 ? 'esme' : 'centre',
        damage(octets[(round + step) % octets.length]!, random, octets),
      );
      pair.advance(500);
    }
    pair.esme.abort();
    pair.advance(30_000);
    assert.equal(answers.length, sent);
    assert.equal(pair.esme.waiting, 0);
  }
});
