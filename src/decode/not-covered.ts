/** Operations of MAP and CAP that are not declared yet, by their codes: they are named, and shown as plain BER. */
export const mapOperationsNotCovered: ReadonlyMap<number, string> = new Map([
  [5, 'noteSubscriberDataModified'],
  [6, 'resumeCallHandling'],
  [9, 'sendParameters'],
  [15, 'authenticationFailureReport'],
  [20, 'releaseResources'],
  [21, 'mt-ForwardSM-VGCS'],
  [25, 'failureReport'],
  [26, 'noteMsPresentForGprs'],
  [28, 'performHandover'],
  [29, 'sendEndSignal'],
  [30, 'performSubsequentHandover'],
  [33, 'processAccessSignalling'],
  [34, 'forwardAccessSignalling'],
  [35, 'noteInternalHandover'],
  [36, 'cancelVcsgLocation'],
  [39, 'prepareGroupCall'],
  [40, 'sendGroupCallEndSignal'],
  [41, 'processGroupCallSignalling'],
  [42, 'forwardGroupCallSignalling'],
  [43, 'checkIMEI'],
  [50, 'activateTraceMode'],
  [51, 'deactivateTraceMode'],
  [52, 'traceSubscriberActivity'],
  [53, 'updateVcsgLocation'],
  [68, 'prepareHandover'],
  [69, 'prepareSubsequentHandover'],
  [72, 'ss-InvocationNotification'],
  [73, 'setReportingState'],
  [74, 'statusReport'],
  [75, 'remoteUserFree'],
  [76, 'registerCC-Entry'],
  [77, 'eraseCC-Entry'],
  [84, 'sendGroupCallInfo'],
  [86, 'subscriberLocationReport'],
  [87, 'ist-Alert'],
  [88, 'ist-Command'],
]);

export const capOperationsNotCovered: ReadonlyMap<number, string> = new Map([
  [70, 'activityTestGPRS'],
  [71, 'applyChargingGPRS'],
  [72, 'applyChargingReportGPRS'],
  [73, 'cancelGPRS'],
  [74, 'connectGPRS'],
  [75, 'continueGPRS'],
  [76, 'entityReleasedGPRS'],
  [77, 'furnishChargingInformationGPRS'],
  [78, 'initialDPGPRS'],
  [79, 'releaseGPRS'],
  [80, 'eventReportGPRS'],
  [81, 'requestReportGPRSEvent'],
  [82, 'resetTimerGPRS'],
  [83, 'sendChargingInformationGPRS'],
]);

const names = new Set([...mapOperationsNotCovered.values(), ...capOperationsNotCovered.values()]);

export function isNotCovered(name: string): boolean {
  return names.has(name);
}
