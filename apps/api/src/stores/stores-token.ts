/** What use cases ask the framework for to get the open {@link Stores}. */
export const STORES = Symbol('Stores');
