/**
 * Every counter: what it counts, in a sentence, and whom it speaks of. `docs/counters.md` is made from it, and a test holds it
 * to the code both ways. `<…>` stands for what is put in when it is counted.
 */

/**
 * work: the ordinary course of things. bound: something was full, and what is said was done about it. peer: another
 * node did what it should not have done, or the network lost something. fault: this machine or program did.
 */
export type CounterKind = 'work' | 'bound' | 'peer' | 'fault';

export type CounterRow = readonly [name: string, kind: CounterKind, means: string];

export interface CounterFamily {
  readonly title: string;
  readonly rows: readonly CounterRow[];
}

// biome-ignore format: a counter a line
export const COUNTER_TABLE: readonly CounterFamily[] = [
  { title: 'Calls', rows: [
    ['call.attempt', 'work', 'An initialDP that could be read.'],
    ['call.<answer>', 'work', 'An initialDP was answered: armed, or let-go.'],
    ['call.missed.<reason>', 'work', 'A call failed, by the reason that the subscriber is told.'],
    ['call.missed-not-taken', 'bound', 'A missed call found no room in the ring to its shard; it is not remembered, and the call goes on.'],
    ['call.let-go-overload', 'bound', 'A call was answered with continue and not kept: as many dialogues or calls were open as may be.'],
  ]},
  { title: 'CAP', rows: [
    ['cap.context-refused', 'peer', 'A dialogue asked for an application context that is not CAP phase 2 or 3 for calls.'],
    ['cap.begin-without-call', 'work', 'A dialogue brought no call that concerns us, and was let go; the counters beside it say why.'],
    ['cap.initialDP-out-of-place', 'peer', 'A second initialDP in a dialogue; answered with unexpectedComponentSequence, and the call stays watched.'],
    ['cap.trigger-not-ours', 'work', 'An initialDP of another detection point than termAttemptAuthorized.'],
    ['cap.service-key-unknown', 'peer', 'An initialDP with a service key that is not in cap.serviceKeys.'],
    ['cap.called-party-missing', 'peer', 'An initialDP without a called number that could be used.'],
    ['cap.let-go.no-room', 'bound', 'The ring to the shard was full, and the call was let go.'],
    ['cap.late.<state>', 'bound', 'cap.answerDeadlineMs passed while the call waited for the subscriber’s decision or for its miss to be durable, and the call was let go.'],
    ['cap.report-not-armed', 'peer', 'A report of an event that was not armed.'],
    ['cap.report-out-of-place.<event>', 'peer', 'A report that does not fit the state of the call.'],
    ['cap.unrecognized-operation', 'peer', 'An operation that the application context does not have; rejected.'],
    ['cap.mistyped.<operation>.<code>', 'peer', 'A parameter that could not be read; rejected.'],
    ['cap.<component>.received', 'peer', 'A gsmSSF answered requestReportBCSMEvent with an error or a reject.'],
    ['cap.abort.<who>', 'peer', 'A dialogue of a call was aborted, by the peer’s TCAP (provider) or its user.'],
  ]},
  { title: 'MAP: the return of subscribers', rows: [
    ['reachability.<what>', 'work', 'The network told of a subscriber: alert (alertServiceCentre), mm-event or detach (noteMM-Event).'],
    ['reachability.number-unknown', 'peer', 'Such news with a number that could not be read as an international one.'],
    ['map.context-refused', 'peer', 'A dialogue asked for an application context that is not served at its subsystem.'],
    ['map.unrecognized-operation', 'peer', 'An operation that the application context does not have; rejected.'],
    ['map.mistyped.<code>', 'peer', 'A parameter that could not be read; rejected.'],
    ['map.reachability-abort.<who>', 'peer', 'Such a dialogue was aborted.'],
  ]},
  { title: 'Notices and their delivery', rows: [
    ['notice.sent', 'work', 'A notice was handed to the network for the first time in its try.'],
    ['notice.sent-again', 'work', 'It went out again with the same octets, because an earlier try may have arrived.'],
    ['notice.delivered.<kind>', 'work', 'A notice was delivered, by what it tells: missed-calls, or returns.'],
    ['notice.<result>', 'work', 'A try ended: delivered, absent, memory-full, temporary or permanent.'],
    ['notice.uncertain', 'peer', 'A part was sent and no answer says whether it arrived; it goes out again as it was.'],
    ['subscriber.overflow.<list>', 'bound', 'A list of a subscriber was full, and its oldest entry gave way: watchers (delivery.watchersMax), or returns (delivery.returnsMax).'],
    ['query.<result>', 'work', 'A short message of type 0 that asked whether the subscriber is there ended: somebody waits for the return.'],
    ['delivery.answered-from-memory', 'work', 'A shard that started anew asked again for what had ended a moment ago.'],
    ['delivery.already-under-way', 'work', 'A shard that started anew asked again for what is under way.'],
    ['delivery.older-epoch', 'work', 'Work for a thread that has died since; it comes again under the new epoch.'],
    ['delivery.out-of-place.<state>.<event>', 'peer', 'An answer that does not fit the state of its delivery.'],
    ['delivery.routing-mistyped.<code>', 'peer', 'The HLR’s answer to sendRoutingInfoForSM could not be read.'],
  ]},
  { title: 'Rendering', rows: [
    ['notifier.batches', 'work', 'A batch of notices was handed to the renderers.'],
    ['notifier.rendered', 'work', 'A notice came back rendered.'],
    ['notifier.batch-<code>', 'bound', 'A batch was not rendered and is tried again: busy, or what failed.'],
    ['notifier.notice-faulty', 'fault', 'A notice cannot be rendered at all; its subscriber is not told.'],
    ['notifier.input-damaged', 'fault', 'A record from a shard could not be read.'],
    ['notifier.batch.rendered', 'work', 'The pool rendered a batch.'],
    ['notifier.batch.busy', 'bound', 'As many batches waited as notices.waitingBatchesMax allows.'],
    ['notifier.batch.<code>', 'fault', 'The pool failed a batch; it is tried again.'],
    ['notifier.notice.rendered', 'work', 'The pool rendered a notice.'],
    ['notifier.notice.fault', 'fault', 'The pool could not render a notice.'],
    ['notifier.fallback.<what>', 'fault', 'A notice asked for a language, template version or time zone that is not there, and got the nearest.'],
    ['notifier.worker.died', 'fault', 'A rendering worker died; another one took its place.'],
    ['notifier.pool.replaced', 'fault', 'The pool of workers was replaced, because a batch took longer than notices.batchTimeoutMs or its workers died.'],
  ]},
  { title: 'Shards', rows: [
    ['shard.event.<kind>', 'work', 'An event was reduced.'],
    ['shard.event-without-subscriber', 'peer', 'An event whose number is none; dropped.'],
    ['shard.event-for-another-shard', 'fault', 'An event came to a shard that does not own its number; dropped.'],
    ['shard.recovered-events', 'work', 'Events that a start read back from the journal.'],
    ['shard.recovered-effects', 'work', 'Effects that were open at a start, and are done again.'],
    ['shard.quarantined', 'fault', 'The reduction of an event failed; the event was put aside, and the shard went on.'],
    ['shard.in-quarantine', 'fault', 'An event that an earlier run had put aside, found at a start.'],
    ['shard.record-damaged', 'fault', 'The record of a subscriber could not be read; it was taken as new.'],
    ['shard.input-damaged.<code>', 'fault', 'A record from another thread could not be read.'],
    ['shard.state-too-long-to-show', 'bound', 'A subscriber’s state did not fit the answer to an operator’s question.'],
    ['settle.record-damaged.<code>', 'fault', 'The record of a subscriber could not be read while partitions were moved.'],
    ['signalling.input-damaged.<code>', 'fault', 'A record from a shard or the notifier could not be read.'],
    ['signalling.reading-stopped', 'bound', 'The rings to the shards were nearly full: the associations are not read for now.'],
    ['signalling.reading-resumed', 'work', 'There was room again, and the associations are read.'],
  ]},
  { title: 'Threads', rows: [
    ['thread.started', 'work', 'A thread was started.'],
    ['thread.died', 'fault', 'A thread ended unbidden; it is started anew.'],
    ['thread.stalled', 'fault', 'The event loop of a thread did not turn for 10 s; the thread is ended and started anew.'],
    ['counters.other', 'bound', 'Counted under a name for which there was no room.'],
  ]},
  { title: 'TCAP', rows: [
    ['tcap.sent.begin', 'work', 'BEGIN sent.'],
    ['tcap.sent.continue', 'work', 'CONTINUE sent.'],
    ['tcap.sent.end', 'work', 'END sent.'],
    ['tcap.sent.unidirectional', 'work', 'UNIDIRECTIONAL sent.'],
    ['tcap.sent.uAbort', 'work', 'ABORT of the user sent.'],
    ['tcap.sent.pAbort.<cause>', 'peer', 'ABORT of the provider sent, by its P-Abort cause.'],
    ['tcap.sent.pAbort.4', 'bound', 'ABORT with the cause resourceLimitation sent for a dialogue that was begun.'],
    ['tcap.sent.reject.<type>.<code>', 'peer', 'A component was rejected, by the type and code of the problem.'],
    ['tcap.sent.overlong', 'bound', 'A message above tcap.messageSizeMaxOctets was handed to SCCP.'],
    ['tcap.received.begin', 'work', 'BEGIN received.'],
    ['tcap.received.continue', 'work', 'CONTINUE received.'],
    ['tcap.received.end', 'work', 'END received.'],
    ['tcap.received.unidirectional', 'work', 'UNIDIRECTIONAL received.'],
    ['tcap.received.uAbort', 'peer', 'ABORT of the peer’s user received.'],
    ['tcap.received.pAbort', 'peer', 'ABORT of the peer’s provider received.'],
    ['tcap.received.notice', 'peer', 'SCCP returned a message that could not be delivered.'],
    ['tcap.received.malformed.<fault>', 'peer', 'A message whose transaction portion could not be read.'],
    ['tcap.received.malformedComponent', 'peer', 'A component that could not be read; rejected.'],
    ['tcap.received.duplicateInvokeId', 'peer', 'An invoke with an id that is in use; rejected.'],
    ['tcap.received.unrecognizedTransaction', 'peer', 'A message for a transaction that is not there: it ended, or never was.'],
    ['tcap.received.unexpected', 'peer', 'A message that the state of its transaction does not allow.'],
    ['tcap.received.reject.<type>.<code>', 'peer', 'The peer rejected a component of ours.'],
    ['tcap.received.reject.unassigned', 'peer', 'The peer rejected something with a problem code that does not exist.'],
    ['tcap.begin.unattended', 'peer', 'A BEGIN for a subsystem that nobody serves; aborted.'],
    ['tcap.begin.notAdmitted', 'bound', 'A BEGIN was not let in, because the user has as much as it takes.'],
    ['tcap.begin.answeredStateless', 'bound', 'Such a BEGIN was answered at once with an END; a call goes on so.'],
    ['tcap.begin.refused', 'bound', 'Such a BEGIN was aborted with resourceLimitation.'],
    ['tcap.begin.discarded', 'bound', 'Such a BEGIN was dropped.'],
    ['tcap.unidirectional.unattended', 'peer', 'A UNIDIRECTIONAL that nobody takes.'],
    ['tcap.dialogue.contextRefused', 'peer', 'A dialogue was refused for its application context.'],
    ['tcap.dialogue.versionUnsupported', 'peer', 'A dialogue portion of a version that is not known.'],
    ['tcap.dialogue.abnormal', 'peer', 'A dialogue portion where none may be, or none where one must be.'],
    ['tcap.dialogue.idle', 'peer', 'A dialogue was given up after tcap.idleLimitMs without a message.'],
    ['tcap.invocation.timeout', 'peer', 'The timer of an operation ended without an answer; for class 2 and 4 that is the normal end.'],
    ['tcap.limit.dialogues', 'bound', 'tcap.dialoguesMax was reached.'],
    ['tcap.limit.invokes', 'bound', 'tcap.invokesMax was reached in a dialogue.'],
    ['tcap.limit.components', 'bound', 'A message had more components than tcap.componentsMax.'],
    ['tcap.limit.messageSize', 'bound', 'A component did not fit the message any more.'],
    ['tcap.limit.receivedMessageSize', 'bound', 'A received message was longer than tcap.messageSizeMaxOctets; dropped.'],
    ['tcap.limit.inbox', 'bound', 'tcap.inboxMax messages waited already; dropped.'],
    ['tcap.request.stale', 'fault', 'A request for a dialogue that has ended.'],
    ['tcap.request.unexpected', 'fault', 'A request that the state of the dialogue does not allow.'],
  ]},
  { title: 'SCCP', rows: [
    ['sccp.udt.sent', 'work', 'UDT sent.'],
    ['sccp.udts.sent', 'peer', 'UDTS sent: a message could not be delivered, and its sender asked to be told.'],
    ['sccp.xudt.sent', 'work', 'XUDT sent, each segment by itself.'],
    ['sccp.xudts.sent', 'peer', 'XUDTS sent, as UDTS.'],
    ['sccp.ludt.sent', 'work', 'LUDT sent.'],
    ['sccp.ludts.sent', 'peer', 'LUDTS sent, as UDTS.'],
    ['sccp.udt.received', 'work', 'UDT received.'],
    ['sccp.udts.received', 'peer', 'UDTS received: a message of ours was not delivered.'],
    ['sccp.xudt.received', 'work', 'XUDT received, each segment by itself.'],
    ['sccp.xudts.received', 'peer', 'XUDTS received, as UDTS.'],
    ['sccp.ludt.received', 'work', 'LUDT received.'],
    ['sccp.ludts.received', 'peer', 'LUDTS received, as UDTS.'],
    ['sccp.relayed', 'work', 'A message for another node was passed on.'],
    ['sccp.undecodable.<code>', 'peer', 'A message that could not be read; dropped.'],
    ['sccp.class-unknown', 'peer', 'A message of a protocol class that is not connectionless.'],
    ['sccp.undelivered.<cause>', 'peer', 'A received message could not be delivered, by the return cause.'],
    ['sccp.refused.<cause>', 'peer', 'A message of our own could not be sent, by the return cause.'],
    ['sccp.service-dropped.<cause>', 'peer', 'A UDTS, XUDTS or LUDTS could not be delivered; there is no answer to that.'],
    ['sccp.service-dropped.unequipped-user', 'peer', 'Such a message for a subsystem that is not here.'],
    ['sccp.service-dropped.segment', 'peer', 'Such a message that returns a further segment; the first one told.'],
    ['sccp.service-dropped.no-way-back', 'peer', 'A message could not be returned: its sender’s address leads nowhere.'],
    ['sccp.service-dropped.not-sent', 'peer', 'A message could not be returned: MTP did not take it.'],
    ['sccp.service-shortened', 'peer', 'A service message was cut off, because the way ahead takes no longer ones; its beginning says what came back.'],
    ['sccp.local-full', 'bound', 'Too many notices for subsystems of our own waited; dropped.'],
    ['sccp.translation.replaced', 'work', 'The global title translation table was replaced by a new one.'],
    ['sccp.translation.refused', 'fault', 'A new translation table had mistakes; the old one stays.'],
    ['sccp.reassembly.done', 'work', 'A segmented message was put together.'],
    ['sccp.reassembly.full', 'bound', 'sccp.reassembliesMax or sccp.reassemblyOctetsMax was reached.'],
    ['sccp.reassembly.no-first', 'peer', 'A segment without a first one before it.'],
    ['sccp.reassembly.failed.<why>', 'peer', 'A segmented message could not be put together.'],
    ['sccp.mtp-status.<cause>', 'peer', 'MTP-STATUS: congestion, or a user part that is not available at a node.'],
    ['sccp.management.<message>.received', 'work', 'SCCP management message received (SSA, SSP, SST …).'],
    ['sccp.management.<message>.sent', 'work', 'SCCP management message sent.'],
    ['sccp.management.undecodable', 'peer', 'An SCCP management message that could not be read.'],
    ['sccp.management.not-duplicated', 'peer', 'A request or grant to go out of service (SOR, SOG) that concerns no subsystem of ours, or was not waited for.'],
    ['sccp.management.congested-full', 'bound', 'As many nodes were known to be congested as are remembered; further ones are not restricted.'],
    ['sccp.management.prohibited-full', 'bound', 'As many subsystems were known to be away as are remembered.'],
    ['sccp.management.inaccessible-full', 'bound', 'As many nodes were known to be away as are remembered.'],
  ]},
  { title: 'M3UA', rows: [
    ['m3ua.<message>.<direction>', 'work', 'A message, sent or received, by its name in RFC 4666.'],
    ['m3ua.association.attempt', 'work', 'An association is being set up.'],
    ['m3ua.association.up', 'work', 'An association came up.'],
    ['m3ua.association.restarted', 'peer', 'The peer restarted its association.'],
    ['m3ua.association.down.<reason>', 'peer', 'An association ended.'],
    ['m3ua.peer.dead', 'peer', 'signalling.times.heartbeatMissesMax heartbeats were not answered, and nothing else came either; the association is ended.'],
    ['m3ua.beat-ack.unmatched', 'peer', 'BEAT Ack for a heartbeat that was not sent.'],
    ['m3ua.asp-up.given-up', 'peer', 'ASP Up was not answered signalling.times.ackTriesMax times.'],
    ['m3ua.asp.unexpected', 'peer', 'A message that the state of the ASP does not allow; answered with ERR.'],
    ['m3ua.undecodable', 'peer', 'A message that could not be read; answered with ERR.'],
    ['m3ua.error.sent.<code>', 'peer', 'ERR sent.'],
    ['m3ua.error.received.<code>', 'peer', 'ERR received.'],
    ['m3ua.error.unanswered', 'peer', 'An ERR that could not be read; an Error is never answered.'],
    ['m3ua.congestion.onset', 'bound', 'What waits for an association reached a higher congestion level (a quarter, half or three quarters of signalling.queueOctetsMax).'],
    ['m3ua.congestion.abatement', 'work', 'It fell to a lower level.'],
    ['m3ua.data.no-user', 'peer', 'DATA for a user part that is not here.'],
    ['m3ua.data.passed-on', 'work', 'DATA from one application server to another, in the role of a signalling gateway.'],
    ['m3ua.transfer.<reason>', 'peer', 'A message of our own could not be sent.'],
    ['m3ua.transfer.no-route', 'peer', 'A message for a destination that no association leads to.'],
    ['m3ua.transfer.congested', 'peer', 'A message towards a congested destination, or into a congested association; its user is told.'],
    ['m3ua.transfer.too-long', 'fault', 'A message longer than what M3UA carries.'],
    ['m3ua.transfer.as-not-active', 'peer', 'A message for an application server that is not active.'],
    ['m3ua.transfer.local-full', 'bound', 'Too many messages between users of our own waited; dropped.'],
    ['m3ua.queue.full', 'bound', 'A message was refused: signalling.queueOctetsMax of an association was reached.'],
    ['m3ua.queue.management-dropped', 'bound', 'A management message found no room.'],
    ['m3ua.queue.lost', 'peer', 'Messages waited when their association ended.'],
    ['m3ua.as-pending.full', 'bound', 'Too many messages waited for an application server that is AS-PENDING.'],
    ['m3ua.as-pending.discarded', 'peer', 'Such messages were discarded when T(r) ended.'],
    ['m3ua.as-pending.lost', 'bound', 'Such a message was not taken when the application server was active again.'],
    ['m3ua.route.status-dropped', 'bound', 'As many destinations had a state as are remembered.'],
  ]},
  { title: 'SCTP', rows: [
    ['sctp.packet.sent', 'work', 'A packet was sent.'],
    ['sctp.packet.received', 'work', 'A packet was received.'],
    ['sctp.packet.short', 'peer', 'A packet too short to be one; dropped.'],
    ['sctp.packet.checksum', 'peer', 'A packet with a wrong CRC32c; dropped.'],
    ['sctp.packet.other-port', 'peer', 'A packet for another SCTP port.'],
    ['sctp.packet.stray', 'peer', 'A packet of no association.'],
    ['sctp.packet.tag', 'peer', 'A packet with a wrong verification tag.'],
    ['sctp.chunk.header', 'peer', 'A chunk whose header does not fit the packet.'],
    ['sctp.chunk.length', 'peer', 'A chunk whose length does not fit the packet.'],
    ['sctp.chunk.<type>.contents', 'peer', 'A chunk whose contents cannot be, by its type.'],
    ['sctp.chunk.unknown', 'peer', 'A chunk of an unknown type.'],
    ['sctp.chunk.misplaced', 'peer', 'A chunk that may not stand where it stood.'],
    ['sctp.init.flood', 'bound', 'An INIT above signalling.sctp.initsPerSecond; dropped.'],
    ['sctp.init.tag-zero', 'peer', 'An INIT with an initiate tag of 0.'],
    ['sctp.init.unacceptable', 'peer', 'An INIT that cannot be accepted.'],
    ['sctp.init-ack.tag-zero', 'peer', 'An INIT ACK with an initiate tag of 0.'],
    ['sctp.init-ack.unacceptable', 'peer', 'An INIT ACK that cannot be accepted.'],
    ['sctp.cookie.unknown', 'peer', 'A cookie that was not made here.'],
    ['sctp.cookie.stale', 'peer', 'A cookie that came too late; answered with ERROR.'],
    ['sctp.cookie.late', 'peer', 'A cookie whose association exists already.'],
    ['sctp.answer.flood', 'bound', 'An answer to a packet of no association was left out: too many in a short time.'],
    ['sctp.association.up', 'work', 'COMMUNICATION UP.'],
    ['sctp.association.restarted', 'peer', 'The peer restarted.'],
    ['sctp.association.down.<reason>', 'peer', 'An association, or an attempt at one, ended.'],
    ['sctp.association.refused', 'peer', 'An attempt was refused, here or by the peer.'],
    ['sctp.association.refused.bound', 'bound', 'An attempt was refused: a listener had as many associations as it takes.'],
    ['sctp.association.twice', 'fault', 'An attempt over a path that has an association.'],
    ['sctp.accept.failed', 'fault', 'A TCP connection could not be accepted.'],
    ['sctp.bind.failed', 'fault', 'A socket for an attempt could not be had.'],
    ['sctp.send.refused', 'bound', 'A message was refused: the queue of the association was full.'],
    ['sctp.data.duplicate', 'peer', 'DATA that had come before.'],
    ['sctp.data.far-ahead', 'peer', 'DATA beyond the window; dropped.'],
    ['sctp.data.invalid-stream', 'peer', 'DATA on a stream that was not agreed.'],
    ['sctp.data.unacceptable', 'peer', 'DATA without user data; the association is ended.'],
    ['sctp.data.unexpected', 'peer', 'DATA in a state that has none.'],
    ['sctp.data.retransmitted', 'peer', 'A DATA chunk was sent again.'],
    ['sctp.fast-retransmit', 'peer', 'A loss was made good after three reports of it.'],
    ['sctp.t1.expired', 'peer', 'INIT or COOKIE ECHO was not answered in time.'],
    ['sctp.t2.expired', 'peer', 'SHUTDOWN was not answered in time.'],
    ['sctp.t3.expired', 'peer', 'DATA was not acknowledged in time.'],
    ['sctp.sack.old', 'peer', 'A SACK that says less than one before.'],
    ['sctp.sack.never-sent', 'peer', 'A SACK for what was never sent; dropped.'],
    ['sctp.sack.gap-blocks', 'peer', 'A SACK with gap blocks out of bounds.'],
    ['sctp.heartbeat.unanswered', 'peer', 'A heartbeat was not answered in time.'],
    ['sctp.heartbeat.unknown', 'peer', 'HEARTBEAT ACK for a heartbeat that was not sent.'],
    ['sctp.error.received', 'peer', 'ERROR received.'],
    ['sctp.event.unexpected', 'peer', 'A chunk that the state of the association does not allow.'],
    ['sctp.tcp.error.<code>', 'peer', 'A TCP connection failed, by the system’s code.'],
    ['m3ua.frame.version', 'peer', 'What came over TCP is not M3UA: another version, and a length out of bounds; the connection is ended.'],
    ['m3ua.frame.length', 'peer', 'A message over TCP has a length out of bounds; the connection is ended.'],
  ]},
  { title: 'Capture', rows: [
    ['capture.packets', 'work', 'A packet was written to the capture file.'],
    ['capture.dropped', 'bound', 'A packet was left out: the disk was behind, or the file has its largest size.'],
    ['capture.failed', 'fault', 'The capture file could not be written any more; the capture ends, the signalling goes on.'],
  ]},
  { title: 'Control socket', rows: [
    ['control.connected', 'work', 'A command line connected to the engine.'],
    ['control.<operation>', 'work', 'A request, by what it asks for: get, put, remove, list or status.'],
    ['control.refused', 'bound', 'A connection was refused: 16 were open already.'],
    ['control.request-refused', 'fault', 'A request that could not be read; answered with what is wrong with it.'],
    ['control.request-failed', 'fault', 'A request that could not be done; the answer and the log say why.'],
    ['control.connection-failed', 'work', 'A connection broke.'],
    ['control.failed', 'fault', 'A connection could not be accepted.'],
  ]},
  { title: 'Web', rows: [
    ['web.requests', 'work', 'An HTTP request.'],
    ['web.host.refused', 'peer', 'A request for a name that is not in web.allowedHosts.'],
    ['web.origin.refused', 'peer', 'A page of another origin wanted the live data.'],
    ['web.metrics.failed', 'fault', 'The metrics could not be read.'],
    ['web.live.opened', 'work', 'A page opened its WebSocket.'],
    ['web.live.closed', 'work', 'A page closed its WebSocket.'],
    ['web.live.refused', 'bound', 'web.clientsMax pages were open already.'],
    ['web.live.skipped', 'bound', 'A page that reads too slowly was left out of a frame.'],
    ['web.live.dropped', 'bound', 'Such a page was let go.'],
    ['web.live.unexpected', 'peer', 'A page sent something; it has nothing to say, and was let go.'],
    ['web.live.source.failed', 'fault', 'The figures of the page could not be had.'],
  ]},
];

const SPEAKS_OF: Readonly<Record<CounterKind, string>> = {
  work: 'work',
  bound: '**bound**',
  peer: 'peer',
  fault: '**fault**',
};

/** A name of the table with what is put in as `*`, as a test reads it from the code. */
export function counterPattern(name: string): string {
  return name.replace(/<[^>]+>/g, '*');
}

const exact = new Map<string, CounterRow>();
const patterns: (readonly [RegExp, CounterRow])[] = [];
for (const { rows } of COUNTER_TABLE)
  for (const row of rows) {
    const pieces = row[0].split(/<[^>]+>/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (pieces.length === 1) exact.set(row[0], row);
    else patterns.push([new RegExp(`^${pieces.join('[^.]+')}$`), row]);
  }

/** What the table says of a counter, by its name as it is counted. A name of its own goes before a pattern. */
export function counterRow(name: string): CounterRow | undefined {
  return exact.get(name) ?? patterns.find(([pattern]) => pattern.test(name))?.[1];
}

/** The text of `docs/counters.md`. */
export function counterReference(): string {
  const lines = [
    '# Counters',
    '',
    'Everything that happens is counted, by a dotted name that does not change. `/metrics` has all of them as',
    '`callwake_events_total{event="…"}`; they start at 0 with the process, and a thread that starts anew goes on counting.',
    '`<…>` stands for what is put in.',
    '',
    '| of | what it says |',
    '|---|---|',
    '| work | the ordinary course of things |',
    '| bound | something was full, and what is said was done about it: look for the reason when it grows |',
    '| peer | another node did what it should not have done, or the network lost something: some of it is normal |',
    '| fault | this machine or program did: it should stand still |',
    '',
  ];
  for (const { title, rows } of COUNTER_TABLE) {
    lines.push(`## ${title}`, '', '| counter | of | what was counted |', '|---|---|---|');
    for (const [name, kind, means] of rows) lines.push(`| \`${name}\` | ${SPEAKS_OF[kind]} | ${means} |`);
    lines.push('');
  }
  return lines.join('\n');
}
