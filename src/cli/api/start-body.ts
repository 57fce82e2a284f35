/** A filter of devices, as the API's scope has it: field -> values, or a time bound. */
export type ScopeFilter = Readonly<Record<string, unknown>>;

/** Which devices are left out although the scope names them; each only when asked for. */
export interface SkipBody {
  syncedWithinMinutes?: number;
  enrolledWithinHours?: number;
  staleDays?: number;
}

/** What is done to one device. */
export interface DeviceAction {
  readonly deviceId: string;
  readonly action: string;
}

/** What a run sends, and what a failure means for it; what is absent is as the API has it. */
export interface ActionBody {
  action?: string;
  endpoint?: string;
  configurationManagerAction?: string;
  deviceActions?: readonly DeviceAction[];
  syncType?: string;
  ignorePartialFailures?: boolean;
}

/** Which devices a run is about, and what is sent to them. A run from a plan has these from the plan. */
export interface Selection extends ActionBody {
  scope?: ScopeFilter;
  skip?: SkipBody;
  strict?: true;
  maxDevices?: number;
  timeoutMinutes?: number;
}

/** How a run is carried out, whichever devices it is about. */
export interface Delivery {
  reason?: string;
  priority?: 'urgent';
  mode?: 'perDevice' | 'bulk';
  onOverlap?: 'reject' | 'coalesce';
  renudge?: true;
}

/** The body of `POST /runs`. */
export type StartBody =
  (Selection & Delivery & { dryRun?: true }) | (Delivery & { fromPlan: string });
