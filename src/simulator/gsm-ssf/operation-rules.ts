/**
 * In which states of its call segment an operation is expected; else it is answered with unexpectedComponentSequence (3GPP
 * TS 29.078 §10.1.12) or, when it can have no error, ignored. Preconditions of 3GPP TS 29.078 §11.
 */
import type { toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import type { CsState } from './cs-fsm.ts';

const WFI = 'Waiting_For_Instructions';
const UI = 'Waiting_For_End_Of_User_Interaction';
const TC = 'Waiting_For_End_Of_Temporary_Connection';
const all: readonly CsState[] = [WFI, UI, TC, 'Monitoring'];

export interface OperationRule {
  readonly states: readonly CsState[];
  readonly clause: string;
}

// biome-ignore format: an operation a line
export const operationRules: Readonly<Record<keyof typeof toSsfPhase4, OperationRule>> = {
  activityTest:                            { states: all,                  clause: '§11.1.2' },
  applyCharging:                           { states: all,                  clause: '§11.2.2' },
  callGap:                                 { states: all,                  clause: '§11.5.2' },
  callInformationRequest:                  { states: [WFI],                clause: '§11.7.2' },
  cancel:                                  { states: all,                  clause: '§11.8.3' },
  collectInformation:                      { states: [WFI],                clause: '§11.8A.2' },
  connect:                                 { states: [WFI],                clause: '§11.9.2' },
  connectToResource:                       { states: [WFI],                clause: '§11.10.2' },
  continue:                                { states: [WFI],                clause: '§11.11.2' },
  continueWithArgument:                    { states: [WFI],                clause: '§11.12.2' },
  disconnectForwardConnection:             { states: [UI, TC],             clause: '§11.13.2' },
  disconnectForwardConnectionWithArgument: { states: [UI, TC],             clause: '§11.14.2' },
  disconnectLeg:                           { states: [WFI, 'Monitoring'],  clause: '§11.15.2' },
  establishTemporaryConnection:            { states: [WFI],                clause: '§11.17.2' },
  furnishChargingInformation:              { states: all,                  clause: '§11.19.2' },
  initiateCallAttempt:                     { states: all,                  clause: '§11.21.2' },
  moveLeg:                                 { states: [WFI, 'Monitoring'],  clause: '§11.22.2' },
  playAnnouncement:                        { states: [UI],                 clause: '§11.23.2' },
  playTone:                                { states: [WFI, 'Monitoring'],  clause: '§11.24.2' },
  promptAndCollectUserInformation:         { states: [UI],                 clause: '§11.25.2' },
  releaseCall:                             { states: all,                  clause: '§11.26.2' },
  requestReportBCSMEvent:                  { states: all,                  clause: '§11.27.2' },
  resetTimer:                              { states: [WFI, UI, TC],        clause: '§11.28.2' },
  sendChargingInformation:                 { states: [WFI, 'Monitoring'],  clause: '§11.29.2' },
  splitLeg:                                { states: [WFI, 'Monitoring'],  clause: '§11.31.2' },
};
