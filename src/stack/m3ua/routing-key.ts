/** The nested parameters of routing key management (RFC 4666 §3.6): they hold parameters in their value. */
import { failure, type Result, success } from '../../types/result.ts';
import { decodeParameters, type Parameter, parametersOctets, writeParameters } from './message.ts';
import { type AffectedPointCode, type ParameterType, uint32 } from './parameter-types.ts';
import {
  DEREGISTRATION_RESULT_TAG,
  DeregistrationStatus,
  DestinationPointCode,
  LocalRoutingKeyIdentifier,
  NetworkAppearance,
  OriginatingPointCodeList,
  REGISTRATION_RESULT_TAG,
  RegistrationStatus,
  ROUTING_KEY_TAG,
  RoutingContext,
  ServiceIndicators,
  TrafficModeType,
} from './parameters.ts';

/** One destination of a routing key with what narrows it down; the three may repeat together (RFC 4666 §3.6.1). */
export interface RoutingKeyDestination {
  readonly destinationPointCode: AffectedPointCode;
  readonly serviceIndicators?: readonly number[];
  readonly originatingPointCodes?: readonly AffectedPointCode[];
}

export interface RoutingKeyValue {
  readonly localRoutingKeyIdentifier: number;
  readonly routingContext?: number;
  readonly trafficModeType?: number;
  readonly networkAppearance?: number;
  readonly destinations: readonly RoutingKeyDestination[];
  /** When decoded: it has a parameter that RFC 4666 does not know in a routing key. */
  readonly isUnsupported?: boolean;
}

/** The routing context inside RKM's nested parameters is a single one. */
const SingleRoutingContext = uint32('Routing Context', RoutingContext.tag);

const wrap = (parameters: readonly Parameter[]): Uint8Array => {
  const octets = new Uint8Array(parametersOctets(parameters));
  writeParameters(octets, 0, parameters);
  return octets;
};

const put = <T>(type: ParameterType<T>, value: T): Parameter => ({
  tag: type.tag,
  value: type.encode(value),
});

const missing = () => failure('missing-parameter', 0, 'RFC 4666 §3.6');

export const RoutingKey: ParameterType<RoutingKeyValue> = {
  name: 'Routing Key',
  tag: ROUTING_KEY_TAG,
  decode: decodeRoutingKey,
  encode: (key) => {
    const parameters = [put(LocalRoutingKeyIdentifier, key.localRoutingKeyIdentifier)];
    if (key.routingContext !== undefined) parameters.push(put(SingleRoutingContext, key.routingContext));
    if (key.trafficModeType !== undefined) parameters.push(put(TrafficModeType, key.trafficModeType));
    if (key.networkAppearance !== undefined) parameters.push(put(NetworkAppearance, key.networkAppearance));
    for (const destination of key.destinations) {
      parameters.push(put(DestinationPointCode, [destination.destinationPointCode]));
      if (destination.serviceIndicators !== undefined)
        parameters.push(put(ServiceIndicators, destination.serviceIndicators));
      if (destination.originatingPointCodes !== undefined)
        parameters.push(put(OriginatingPointCodeList, destination.originatingPointCodes));
    }
    return wrap(parameters);
  },
};

function decodeRoutingKey(value: Uint8Array): Result<RoutingKeyValue> {
  const parameters = decodeParameters(value, 0, value.length);
  if (!parameters.ok) return parameters;
  const numbers: {
    -readonly [K in keyof Omit<RoutingKeyValue, 'destinations' | 'isUnsupported'>]?: number;
  } = {};
  let isUnsupported = false;
  const destinations: { -readonly [K in keyof RoutingKeyDestination]: RoutingKeyDestination[K] }[] = [];
  for (const parameter of parameters.value) {
    const last = destinations.at(-1);
    switch (parameter.tag) {
      case LocalRoutingKeyIdentifier.tag:
      case RoutingContext.tag:
      case TrafficModeType.tag:
      case NetworkAppearance.tag: {
        const number = LocalRoutingKeyIdentifier.decode(parameter.value);
        if (!number.ok) return number;
        if (parameter.tag === LocalRoutingKeyIdentifier.tag) numbers.localRoutingKeyIdentifier = number.value;
        else if (parameter.tag === RoutingContext.tag) numbers.routingContext = number.value;
        else if (parameter.tag === TrafficModeType.tag) numbers.trafficModeType = number.value;
        else numbers.networkAppearance = number.value;
        break;
      }
      case DestinationPointCode.tag: {
        const list = DestinationPointCode.decode(parameter.value);
        if (!list.ok) return list;
        for (const destinationPointCode of list.value) destinations.push({ destinationPointCode });
        break;
      }
      case ServiceIndicators.tag: {
        const list = ServiceIndicators.decode(parameter.value);
        if (!list.ok) return list;
        if (last === undefined) return missing();
        last.serviceIndicators = list.value;
        break;
      }
      case OriginatingPointCodeList.tag: {
        const list = OriginatingPointCodeList.decode(parameter.value);
        if (!list.ok) return list;
        if (last === undefined) return missing();
        last.originatingPointCodes = list.value;
        break;
      }
      default:
        isUnsupported = true;
        break;
    }
  }
  const { localRoutingKeyIdentifier, ...rest } = numbers;
  if (localRoutingKeyIdentifier === undefined || destinations.length === 0) return missing();
  return success({
    localRoutingKeyIdentifier,
    ...rest,
    destinations,
    ...(isUnsupported ? { isUnsupported } : {}),
  });
}

/** A nested parameter of 32-bit integers, all of them mandatory: the registration results. */
function record<Name extends string>(
  name: string,
  tag: number,
  fields: Readonly<Record<Name, ParameterType<number>>>,
): ParameterType<Readonly<Record<Name, number>>> {
  const names = Object.keys(fields) as Name[];
  return {
    name,
    tag,
    decode: (value) => {
      const parameters = decodeParameters(value, 0, value.length);
      if (!parameters.ok) return parameters;
      const found: Partial<Record<Name, number>> = {};
      for (const field of names) {
        const parameter = parameters.value.find((one) => one.tag === fields[field].tag);
        if (parameter === undefined) return missing();
        const number = fields[field].decode(parameter.value);
        if (!number.ok) return number;
        found[field] = number.value;
      }
      return success(found as Record<Name, number>);
    },
    encode: (value) => wrap(names.map((field) => put(fields[field], value[field]))),
  };
}

export const RegistrationResult = record('Registration Result', REGISTRATION_RESULT_TAG, {
  localRoutingKeyIdentifier: LocalRoutingKeyIdentifier,
  registrationStatus: RegistrationStatus,
  routingContext: SingleRoutingContext,
});

export const DeregistrationResult = record('Deregistration Result', DEREGISTRATION_RESULT_TAG, {
  routingContext: SingleRoutingContext,
  deregistrationStatus: DeregistrationStatus,
});
